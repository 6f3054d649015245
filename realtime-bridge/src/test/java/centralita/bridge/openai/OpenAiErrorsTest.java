package centralita.bridge.openai;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.bridge.conversation.life.Input.ErrorKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of the protocol's reference, 1.3 and 1.4. */
class OpenAiErrorsTest {
    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            invalid_request_error, response_cancel_not_active, no matter, BENIGN
            invalid_request_error, conversation_already_has_active_response, no matter, BUSY
            invalid_request_error, input_audio_buffer_commit_empty, no matter, BENIGN
            invalid_request_error, item_truncate_invalid_item_id, no matter, BENIGN
            invalid_request_error, item_delete_invalid_item_id, no matter, BENIGN
            invalid_request_error, unsupported_content_type, no matter, BENIGN
            invalid_request_error, invalid_value, Audio content of 200ms is already shorter than 285ms, BENIGN
            other, '', There is NO ACTIVE RESPONSE to cancel, BENIGN
            other, '', Conversation already has an active response, BUSY
            invalid_request_error, invalid_value, no matter, OURS
            invalid_request_error, missing_required_parameter, no matter, OURS
            invalid_request_error, cannot_update_voice, no matter, OURS
            invalid_request_error, session_expired, no matter, BENIGN
            invalid_request_error, rate_limit_exceeded, no matter, RETRY
            invalid_request_error, inference_rate_limit_exceeded, no matter, RETRY
            invalid_request_error, insufficient_quota, no matter, FATAL
            invalid_request_error, invalid_api_key, no matter, FATAL
            invalid_request_error, account_deactivated, no matter, FATAL
            invalid_request_error, billing_hard_limit_reached, no matter, FATAL
            invalid_request_error, model_not_found, no matter, FATAL
            invalid_request_error, beta_api_shape_disabled, no matter, FATAL
            server_error, '', no matter, RETRY
            """)
    void everyErrorHasItsClass(String type, String code, String message, ErrorKind kind) {
        assertThat(OpenAiErrors.classify(type, code, message)).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1005, 1006, 1011, 1012, 1013})
    void afterTheseClosesANewSessionMayHelp(int code) {
        assertThat(OpenAiErrors.retryableClose(code)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1002, 1003, 1007, 1008, 1009, 1010, 1015, 3000, 4000, 4999})
    void afterTheseItWouldBeInVain(int code) {
        assertThat(OpenAiErrors.retryableClose(code)).isFalse();
    }
}
