package centralita.recording.storage;

/** An object as a list shows it. @param bytes of its content */
public record StoredObject(String name, long bytes) {}
