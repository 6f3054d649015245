package centralita.bridge.openai;

/** How audio travels between us and a model. */
public enum AudioFormat {
    /** G.711 μ-law, 8 kHz: what the telephone has. Nothing is converted. */
    PCMU,
    /** Linear samples, 24 kHz, 16 bits, little-endian: for models that do not speak G.711. Costs CPU and 2 ms each way. */
    PCM24
}
