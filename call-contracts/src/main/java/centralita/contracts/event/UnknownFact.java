package centralita.contracts.event;

/** A fact of a kind that is not in its family: of a newer producer. */
public interface UnknownFact {
    /** The kind, as the envelope names it. */
    String type();
}
