package centralita.bridge.openai;

import centralita.bridge.conversation.life.Input.ErrorKind;
import java.util.Locale;
import java.util.Map;

/** Whose matter an error of the API is. By code first; other servers word it otherwise, so by message next. */
final class OpenAiErrors {
    private static final Map<String, ErrorKind> BY_CODE = Map.ofEntries(
            Map.entry("response_cancel_not_active", ErrorKind.BENIGN),
            Map.entry("conversation_already_has_active_response", ErrorKind.BUSY),
            Map.entry("input_audio_buffer_commit_empty", ErrorKind.BENIGN),
            Map.entry("item_truncate_invalid_item_id", ErrorKind.BENIGN),
            Map.entry("item_delete_invalid_item_id", ErrorKind.BENIGN),
            Map.entry("item_retrieve_invalid_item_id", ErrorKind.BENIGN),
            Map.entry("unsupported_content_type", ErrorKind.BENIGN),
            // The socket is closed right after it; that is what makes us go on in a new session.
            Map.entry("session_expired", ErrorKind.BENIGN),
            Map.entry("rate_limit_exceeded", ErrorKind.RETRY),
            Map.entry("inference_rate_limit_exceeded", ErrorKind.RETRY),
            Map.entry("insufficient_quota", ErrorKind.FATAL),
            Map.entry("invalid_api_key", ErrorKind.FATAL),
            Map.entry("account_deactivated", ErrorKind.FATAL),
            Map.entry("billing_hard_limit_reached", ErrorKind.FATAL),
            Map.entry("model_not_found", ErrorKind.FATAL),
            Map.entry("beta_api_shape_disabled", ErrorKind.FATAL));

    private OpenAiErrors() {}

    /** @param type {@code error.type} @param code {@code error.code}, empty when null */
    static ErrorKind classify(String type, String code, String message) {
        var byCode = BY_CODE.get(code);
        if (byCode != null) {
            return byCode;
        }
        var words = message.toLowerCase(Locale.ROOT);
        if (words.contains("already has an active response")) {
            return ErrorKind.BUSY;
        }
        if (words.contains("no active response") || words.contains("already shorter than")) {
            return ErrorKind.BENIGN;
        }
        return type.equals("server_error") ? ErrorKind.RETRY : ErrorKind.OURS;
    }

    /** Whether a new session may help after a close with this code (1.3). */
    static boolean retryableClose(int closeCode) {
        return switch (closeCode) {
            case 1001, 1005, 1006, 1011, 1012, 1013 -> true;
            // 1000 in the middle of a call: the server thinks that we are done, which we are not.
            case 1000 -> true;
            default -> false;
        };
    }

    static boolean retryableStatus(int httpStatus) {
        return switch (httpStatus) {
            case 408, 429, 500, 502, 503, 504 -> true;
            default -> false;
        };
    }
}
