package centralita.local.ingress;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/** What there is, as links: a plain page for whoever opens the ingress in a browser. */
final class IndexPage {
    private static final String HEAD = """
            <!doctype html><html lang="en"><meta charset="utf-8"><title>Centralita</title>
            <style>body{font:16px/1.5 system-ui,sans-serif;max-width:48rem;margin:3rem auto;padding:0 1rem}
            td,th{padding:.2rem 1rem .2rem 0;text-align:left}</style>
            <h1>Centralita</h1>
            <p>An AI that answers the phone. <a href="/q/health/ready">Is everything ready?</a></p>
            <p>REST, with a token from <code>./centralita token admin</code>: <a href="/calls">/calls</a>,
            <a href="/assistants">/assistants</a>, <a href="/numbers">/numbers</a>,
            <a href="/analytics/summary">/analytics/summary</a>.</p>
            <table><tr><th>service</th><th colspan="4"></th></tr>
            """;

    private final String page;

    IndexPage(List<Upstream> upstreams) {
        var rows = new StringBuilder(HEAD);
        for (var upstream : upstreams) {
            var base = "http://127.0.0.1:" + upstream.port() + "/q/";
            rows.append("<tr><td>").append(upstream.name()).append("</td>");
            for (var link : List.of("swagger-ui", "openapi", "metrics", "health")) {
                rows.append("<td><a href=\"%s%s\">%s</a></td>".formatted(base, link, link));
            }
            rows.append("</tr>\n");
        }
        this.page = rows.append("</table></html>\n").toString();
    }

    void answer(HttpServerRequest request) {
        request.response()
                .putHeader("Content-Type", "text/html; charset=utf-8")
                .putHeader("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
                .end(page);
    }
}
