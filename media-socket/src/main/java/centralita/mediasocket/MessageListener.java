package centralita.mediasocket;

/** Takes the messages that come the short way, in order with those of the framework. On the socket's event loop. */
@FunctionalInterface
public interface MessageListener {
    /**
     * @param text whether it is text; that it is UTF-8 was not checked
     * @param bytes valid during the call, from 0 on; may be changed
     */
    void onMessage(boolean text, byte[] bytes, int length);
}
