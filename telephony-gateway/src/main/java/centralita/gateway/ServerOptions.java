package centralita.gateway;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/**
 * What the framework has no setting for. No compression: for a media stream it costs a window of memory and gains nothing.
 * And little memory of the kernel for a peer that does not read, which would take megabytes of it (F-R2).
 */
@Singleton
class ServerOptions implements HttpServerOptionsCustomizer {
    /** A dozen seconds of a caller's audio as base64. */
    private static final int SEND_BUFFER_BYTES = 128 * 1024;

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setSendBufferSize(SEND_BUFFER_BYTES)
                .setTcpNoDelay(true);
    }
}
