package centralita.gateway.ladder;

import java.util.List;
import java.util.Locale;

/**
 * The language in which a {@link Line} is said: Spanish where it is asked for, English everywhere else. A language that we
 * have no lines in is not handed on, so that no foreign voice reads English.
 *
 * @param tag BCP 47, as the voice is asked for
 */
public record SpokenLanguage(String tag, boolean spanish) {
    /** Where nothing is known. */
    public static final SpokenLanguage ENGLISH = new SpokenLanguage("en-US", false);

    private static final SpokenLanguage SPANISH = new SpokenLanguage("es-ES", true);

    /** Country calling codes of countries where Spanish is what most people speak (ITU-T E.164). */
    private static final List<String> SPANISH_SPEAKING = List.of(
            "+34", "+51", "+52", "+53", "+54", "+56", "+57", "+58", "+240", "+502", "+503", "+504", "+505", "+506",
            "+507", "+591", "+593", "+595", "+598", "+1787", "+1939", "+1809", "+1829", "+1849");

    /** @param language BCP 47, of an assistant or of a setting */
    public static SpokenLanguage of(String language) {
        var primary = language.toLowerCase(Locale.ROOT).split("[-_]", 2)[0];
        return switch (primary) {
            case "es" -> language.contains("-") ? new SpokenLanguage(language, true) : SPANISH;
            case "en" -> language.contains("-") ? new SpokenLanguage(language, false) : ENGLISH;
            default -> ENGLISH;
        };
    }

    /**
     * The language of a number of ours that has no assistant to ask.
     *
     * @param number as the provider wrote it
     * @param otherwise for a number whose country says nothing
     */
    public static SpokenLanguage ofNumber(String number, SpokenLanguage otherwise) {
        return SPANISH_SPEAKING.stream().anyMatch(number::startsWith) ? SPANISH : otherwise;
    }
}
