package centralita.contracts.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.regex.Pattern;

/** Writes a JSON tree as YAML in block style: always the same text for the same tree. */
final class YamlWriter {
    private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z$][A-Za-z0-9$_-]*");

    private final StringBuilder out = new StringBuilder();

    private YamlWriter() {}

    /** @param root an object or an array */
    static String write(JsonNode root) {
        var writer = new YamlWriter();
        writer.block(root, 0);
        return writer.out.toString();
    }

    private void block(JsonNode node, int depth) {
        if (node.isObject()) {
            node.properties().forEach(field -> {
                indent(depth);
                var key = field.getKey();
                out.append(PLAIN_KEY.matcher(key).matches() ? key : quoted(key)).append(':');
                value(field.getValue(), depth);
            });
        } else {
            node.forEach(item -> {
                indent(depth);
                out.append('-');
                value(item, depth);
            });
        }
    }

    private void value(JsonNode value, int depth) {
        if (!value.isContainerNode()) {
            // Text is always quoted: a JSON string is a YAML string, and "no" stays a word.
            out.append(' ')
                    .append(value.isTextual() ? quoted(value.asText()) : value.asText())
                    .append('\n');
        } else if (value.isEmpty()) {
            out.append(value.isObject() ? " {}" : " []").append('\n');
        } else {
            out.append('\n');
            block(value, depth + 1);
        }
    }

    private void indent(int depth) {
        out.append("  ".repeat(depth));
    }

    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }
}
