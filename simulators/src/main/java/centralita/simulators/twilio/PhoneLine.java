package centralita.simulators.twilio;

/** What a human can do on a telephone. On the event loop only. */
public interface PhoneLine {
    String callSid();

    /** @param digits of {@code 0-9*#A-D}, pressed one after another, 100 ms each */
    void press(String digits);

    void hangUp();
}
