package centralita.simulators.model.protocol;

import static centralita.simulators.model.protocol.Shape.ANY;
import static centralita.simulators.model.protocol.Shape.BOOLEAN;
import static centralita.simulators.model.protocol.Shape.byField;
import static centralita.simulators.model.protocol.Shape.fields;
import static centralita.simulators.model.protocol.Shape.list;
import static centralita.simulators.model.protocol.Shape.nullable;
import static centralita.simulators.model.protocol.Shape.text;
import static centralita.simulators.model.protocol.Shape.word;

import java.util.HashMap;
import java.util.Map;

/** Items as a client may create them: which content a role may have is where most callers go wrong. */
final class ItemShapes {
    private static final Shape INPUT_TEXT = fields().needs("type", ANY).needs("text", text());

    private static final Shape IMAGE_URL = (value, path) -> {
        text().check(value, path);
        if (!value.textValue().matches("(?s)data:image/(png|jpeg);base64,.*")) {
            throw Refusal.invalidValue(path, "must be a data URI of a PNG or JPEG image.");
        }
    };

    private static final Shape USER_CONTENT = list(byField(
            "type",
            Map.of(
                    "input_text",
                    INPUT_TEXT,
                    "input_audio",
                    fields().needs("type", ANY).needs("audio", text()).may("transcript", nullable(text())),
                    "input_image",
                    fields().needs("type", ANY)
                            .needs("image_url", IMAGE_URL)
                            .may("detail", word("auto", "low", "high")))));

    private static final Shape SYSTEM_CONTENT = list(byField("type", Map.of("input_text", INPUT_TEXT)));

    /** Assistant audio cannot be created: whatever its other fields, the text is what is missed. */
    private static final Shape ASSISTANT_CONTENT = list(byField(
            "type",
            Map.of(
                    "output_text",
                    fields().needs("type", ANY).needs("text", text()),
                    "output_audio",
                    fields().needs("type", ANY)
                            .needs("text", text())
                            .may("audio", text())
                            .may("transcript", nullable(text())))));

    private ItemShapes() {}

    static Shape item(int longestId) {
        return byField("type", shapes(longestId));
    }

    static Shape itemOrReference(int longestId) {
        var shapes = new HashMap<>(shapes(longestId));
        shapes.put("item_reference", fields().needs("type", ANY).needs("id", text(longestId)));
        return byField("type", shapes);
    }

    private static Map<String, Shape> shapes(int longestId) {
        return Map.of(
                "message",
                byField(
                        "role",
                        Map.of(
                                "user", message(longestId, USER_CONTENT),
                                "assistant", message(longestId, ASSISTANT_CONTENT),
                                "system", message(longestId, SYSTEM_CONTENT))),
                "function_call",
                common(longestId)
                        .needs("name", text())
                        .needs("arguments", text())
                        .may("call_id", text()),
                "function_call_output",
                common(longestId).needs("call_id", text()).needs("output", text()),
                "mcp_approval_response",
                fields().needs("type", ANY)
                        .needs("id", text(longestId))
                        .needs("approval_request_id", text())
                        .needs("approve", BOOLEAN)
                        .may("reason", nullable(text())),
                "mcp_approval_request",
                common(longestId)
                        .needs("server_label", text())
                        .needs("name", text())
                        .needs("arguments", text()),
                "mcp_call",
                common(longestId)
                        .needs("server_label", text())
                        .needs("name", text())
                        .needs("arguments", text())
                        .may("output", nullable(text()))
                        .may("error", ANY)
                        .may("approval_request_id", nullable(text())),
                "mcp_list_tools",
                common(longestId).needs("server_label", text()).needs("tools", list(Shape.FREE_OBJECT)));
    }

    private static Shape message(int longestId, Shape content) {
        return common(longestId).needs("role", ANY).needs("content", content);
    }

    private static Shape.Fields common(int longestId) {
        return fields().needs("type", ANY)
                .may("id", text(longestId))
                .may("object", word("realtime.item"))
                .may("status", word("completed", "incomplete", "in_progress"));
    }
}
