package centralita.simulators.continuity;

/**
 * A model session as a caller heard it.
 *
 * @param session its number in the {@link SessionLog}
 * @param atMs when its voice was first heard since another's, milliseconds of {@link System#nanoTime()}
 */
public record HeardVoice(int session, long atMs) {}
