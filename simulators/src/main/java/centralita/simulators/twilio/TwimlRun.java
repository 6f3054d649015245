package centralita.simulators.twilio;

import io.vertx.core.Future;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One run of TwiML on one call, from its first document to its end or to the moment when other TwiML takes its place.
 * A cancelled run does nothing more, whatever it waited for.
 */
final class TwimlRun {
    private static final int MAX_DOCUMENTS = 200;
    private static final Set<String> TWIML_TYPES = Set.of("text/xml", "application/xml", "text/html");
    private static final String APOLOGY = "We are sorry. An application error has occurred. Goodbye.";

    enum Ending {
        RAN_OUT,
        HUNG_UP,
        REJECTED,
        REJECTED_BUSY,
        CANCELLED
    }

    private record Loaded(URI url, List<Verb> verbs) {}

    /** What comes after a verb: a document, the end, or (both null) the next verb. */
    private record Next(
            @Nullable Future<Ending> document, @Nullable Ending end) {
        static final Next VERB = new Next(null, null);

        static Next document(Future<Ending> run) {
            return new Next(run, null);
        }

        static Next end(Ending how) {
            return new Next(null, how);
        }
    }

    private final LiveCall call;
    private final SpokenVerbs spoken;
    private int documents;
    private boolean cancelled;

    TwimlRun(LiveCall call) {
        this.call = call;
        this.spoken = new SpokenVerbs(call);
    }

    void cancel() {
        cancelled = true;
    }

    Future<Ending> runGiven(String twiml) {
        try {
            var document = TwimlDocument.parse(twiml.getBytes(StandardCharsets.UTF_8));
            document.warnings().forEach(warning -> call.incident(12200, warning));
            return run(new Loaded(call.exchange().settings().publicBaseUrl(), document.verbs()), 0);
        } catch (WebhookFailure e) {
            call.incident(e.code(), e.text());
            return apologize();
        }
    }

    /** @param base against which a relative address is resolved */
    Future<Ending> fetch(Verb.Action from, URI base, Map<String, String> more) {
        if (++documents > MAX_DOCUMENTS) {
            call.incident(11215, "more than " + MAX_DOCUMENTS + " documents in one call");
            return Future.succeededFuture(Ending.HUNG_UP);
        }
        URI url;
        try {
            url = resolve(base, from.url());
        } catch (IllegalArgumentException e) {
            call.incident(11100, "malformed URL");
            return apologize();
        }
        var fields = new LinkedHashMap<>(call.fields());
        fields.putAll(more);
        return load(from.method(), url, fields)
                .recover(failure -> loadFallback(failure, url))
                .transform(loaded -> {
                    if (cancelled) {
                        return Future.succeededFuture(Ending.CANCELLED);
                    }
                    return loaded.succeeded() ? run(loaded.result(), 0) : apologize();
                });
    }

    private URI resolve(URI base, String url) {
        return url.startsWith("/") && base.equals(call.exchange().settings().publicBaseUrl())
                ? call.exchange().resolve(url)
                : base.resolve(url);
    }

    private Future<Loaded> load(String method, URI url, Map<String, String> fields) {
        var started = System.nanoTime();
        return call.exchange()
                .webhooks()
                .request(method, url, fields, WebhookClient.MAX_DOCUMENT_BYTES)
                .map(answer -> {
                    call.asked(url, answer.status(), answer.tookMs());
                    return loaded(answer);
                })
                .onFailure(e -> call.askedInVain(url, e, started));
    }

    private Loaded loaded(WebhookClient.Answer answer) {
        if (!TWIML_TYPES.contains(answer.contentType())) {
            throw WebhookFailure.of(12300, "content type is no XML: " + answer.contentType());
        }
        var document = TwimlDocument.parse(answer.body().getBytes());
        document.warnings().forEach(warning -> call.incident(12200, warning));
        call.notice(new LineEvent.Fetched(answer.url(), answer.body().toString(StandardCharsets.UTF_8)));
        return new Loaded(answer.url(), document.verbs());
    }

    private Future<Loaded> loadFallback(Throwable failure, URI failedUrl) {
        var fallback = call.plan().fallback();
        if (!fallback.present() || cancelled) {
            return Future.failedFuture(failure);
        }
        var url = call.exchange().resolve(fallback.url());
        if (url.equals(failedUrl)) {
            return Future.failedFuture(failure);
        }
        var fields = new LinkedHashMap<>(call.fields());
        var code = failure instanceof WebhookFailure known ? known.code() : 11200;
        fields.put("ErrorCode", Integer.toString(code));
        fields.put("ErrorUrl", RequestSignature.signedUrl(failedUrl));
        return load(fallback.method(), url, fields);
    }

    /** What a caller hears when nothing can be run. */
    private Future<Ending> apologize() {
        call.answer();
        return spoken.say(APOLOGY).map(said -> cancelled ? Ending.CANCELLED : Ending.HUNG_UP);
    }

    private Future<Ending> run(Loaded document, int at) {
        if (cancelled) {
            return Future.succeededFuture(Ending.CANCELLED);
        }
        if (at >= document.verbs().size()) {
            return Future.succeededFuture(Ending.RAN_OUT);
        }
        return perform(document.verbs().get(at), document.url()).compose(next -> {
            if (cancelled) {
                return Future.succeededFuture(Ending.CANCELLED);
            }
            if (next.end() != null) {
                return Future.succeededFuture(next.end());
            }
            return next.document() != null ? next.document() : run(document, at + 1);
        });
    }

    private Future<Next> perform(Verb verb, URI base) {
        return switch (verb) {
            case Verb.Redirect(var to) -> Future.succeededFuture(Next.document(fetch(to, base, Map.of())));
            case Verb.Hangup() -> Future.succeededFuture(Next.end(Ending.HUNG_UP));
            case Verb.Leave() -> Future.succeededFuture(Next.end(Ending.HUNG_UP));
            case Verb.Reject(var reason) ->
                Future.succeededFuture(Next.end(reason.equals("busy") ? Ending.REJECTED_BUSY : Ending.REJECTED));
            case Verb.Unsupported _ -> Future.succeededFuture(Next.VERB);
            case Verb.Dial dial -> dial(dial, base);
            case Verb.ConnectStream connect -> stream(connect, base);
            case Verb.Gather gather -> gather(gather, base);
            case Verb.Record record -> record(record, base);
            case Verb.Enqueue enqueue -> enqueue(enqueue, base);
            case Verb.Say _, Verb.Play _, Verb.Pause _ -> {
                call.answer();
                yield spoken.perform(verb, base).map(Next.VERB);
            }
        };
    }

    private Future<Next> stream(Verb.ConnectStream connect, URI base) {
        call.answer();
        var stream = new MediaStream(call, connect);
        call.connectTo(stream);
        return stream.run(base).map(end -> {
            var conditions = call.streamConditions();
            var goesOn = switch (end) {
                case CLOSED_BY_SERVER -> conditions.nextVerbAfterServerClose();
                case FAILED -> conditions.nextVerbAfterFailure();
                case STOPPED -> false;
            };
            if (!goesOn || cancelled) {
                return Next.end(cancelled ? Ending.CANCELLED : Ending.HUNG_UP);
            }
            return connect.action().present() && conditions.connectActionRuns()
                    ? Next.document(fetch(connect.action(), base, Map.of()))
                    : Next.VERB;
        });
    }

    private Future<Next> gather(Verb.Gather gather, URI base) {
        call.answer();
        return spoken.gather(gather, base).map(digits -> {
            if (cancelled) {
                return Next.end(Ending.CANCELLED);
            }
            if (digits.isEmpty() && !gather.onEmpty()) {
                return Next.VERB;
            }
            var action = gather.action().present() ? gather.action() : new Verb.Action(base.toString(), "POST");
            return Next.document(fetch(action, base, Map.of("Digits", digits)));
        });
    }

    private Future<Next> record(Verb.Record record, URI base) {
        call.answer();
        return spoken.record(record).map(recorded -> {
            if (recorded.isEmpty()) {
                return cancelled ? Next.end(Ending.CANCELLED) : Next.VERB;
            }
            if (cancelled) {
                return Next.end(Ending.CANCELLED);
            }
            var action = record.action().present() ? record.action() : new Verb.Action(base.toString(), "POST");
            return Next.document(fetch(action, base, recorded));
        });
    }

    private Future<Next> dial(Verb.Dial dial, URI base) {
        if (!dial.answerOnBridge()) {
            call.answer();
        }
        return new Dialing(call, dial).run().map(result -> {
            if (cancelled) {
                return Next.end(Ending.CANCELLED);
            }
            return dial.action().present() ? Next.document(fetch(dial.action(), base, result)) : Next.VERB;
        });
    }

    /** Nobody ever takes a call out of this queue: the waiting document runs round and round until it leaves. */
    private Future<Next> enqueue(Verb.Enqueue enqueue, URI base) {
        call.answer();
        var queueSid = Sids.next("QU");
        return waitInQueue(enqueue, base, queueSid).map(left -> {
            if (cancelled) {
                return Next.end(Ending.CANCELLED);
            }
            var result = Map.of("QueueResult", "leave", "QueueSid", queueSid, "QueueTime", "0");
            return enqueue.action().present() ? Next.document(fetch(enqueue.action(), base, result)) : Next.VERB;
        });
    }

    private Future<Ending> waitInQueue(Verb.Enqueue enqueue, URI base, String queueSid) {
        var position = Map.of(
                "QueuePosition",
                "1",
                "QueueSid",
                queueSid,
                "QueueTime",
                "0",
                "AvgQueueTime",
                "0",
                "CurrentQueueSize",
                "1");
        var round = enqueue.waiting().present()
                ? fetch(enqueue.waiting(), base, position)
                : spoken.perform(new Verb.Pause(3_600), base).map(Ending.RAN_OUT);
        return round.compose(ending -> ending == Ending.RAN_OUT && !cancelled
                ? spoken.perform(new Verb.Pause(1), base).compose(paused -> waitInQueue(enqueue, base, queueSid))
                : Future.succeededFuture(ending));
    }
}
