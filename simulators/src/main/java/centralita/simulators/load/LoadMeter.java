package centralita.simulators.load;

/**
 * The distributions of one run. Everything is recorded on the thread that reads the sockets; only the window counts,
 * but for what happens once per call.
 */
final class LoadMeter {
    private final Delays toModel = new Delays();
    private final Delays toCaller = new Delays();
    private final Delays bargeIn = new Delays();
    private final Delays firstAudio = new Delays();
    private boolean measuring;

    /** @param on whether the window is open */
    void measure(boolean on) {
        measuring = on;
    }

    void toModel(long delayNanos) {
        if (measuring) {
            toModel.record(delayNanos);
        }
    }

    void toCaller(long delayNanos) {
        if (measuring) {
            toCaller.record(delayNanos);
        }
    }

    void bargeIn(long delayNanos) {
        if (measuring) {
            bargeIn.record(delayNanos);
        }
    }

    void firstAudio(long delayNanos) {
        firstAudio.record(delayNanos);
    }

    Percentiles toModel() {
        return toModel.percentiles();
    }

    Percentiles toCaller() {
        return toCaller.percentiles();
    }

    Percentiles bargeIn() {
        return bargeIn.percentiles();
    }

    Percentiles firstAudio() {
        return firstAudio.percentiles();
    }
}
