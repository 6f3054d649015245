package centralita.spool;

/**
 * What a spool has done since it was opened, for meters.
 *
 * @param waiting events that Kafka has not said that it keeps, those of an earlier run included
 * @param bytesOnDisk that they and the rest of their files take
 * @param sent events that Kafka keeps
 * @param refused events that were not taken, because the spool was full, closed, or the event too large: lost
 * @param damaged stretches of files that could not be read after a crash: lost
 */
public record SpoolStatus(long waiting, long bytesOnDisk, long sent, long refused, long damaged) {}
