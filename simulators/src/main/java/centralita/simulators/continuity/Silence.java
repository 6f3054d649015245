package centralita.simulators.continuity;

/** How long somebody who waits hears nothing, in frames of telephone time. */
final class Silence {
    private int frames;
    private int longest;

    /** He begins to wait. */
    void begin() {
        frames = 0;
        longest = 0;
    }

    /** A frame's time has gone by while he waits. */
    void goOn() {
        longest = Math.max(longest, ++frames);
    }

    void heard() {
        frames = 0;
    }

    int longestFrames() {
        return longest;
    }
}
