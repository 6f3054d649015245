package centralita.bridge.model;

/** Whom nothing that a session says moves. */
public class DeafListener implements ModelListener {
    @Override
    public void onReady(OpenedSession opened) {}

    @Override
    public void onAudio(String responseId, String itemId, byte[] audio) {}

    @Override
    public void onEvent(ModelEvent event) {}

    @Override
    public void onDrained() {}

    @Override
    public void onClosed(LostSession lost) {}
}
