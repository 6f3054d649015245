package centralita.gateway.call;

/** What a caller is told when nobody can talk to him. In the language of the assistant; English where there is none. */
public enum Apology {
    /** The number has no assistant. */
    NOBODY_HERE(
            "We are sorry, nobody can be reached at this number.",
            "Lo sentimos, en este número no hay nadie que pueda atenderle."),
    /** There is no room, or no bridge. */
    NO_ROOM(
            "We are sorry, all our lines are busy at the moment. Please call again in a few minutes.",
            "Lo sentimos, en este momento todas nuestras líneas están ocupadas. Por favor, llame de nuevo en unos minutos."),
    /** The conversation broke off and could not be taken up again. */
    LOST(
            "We are sorry, a technical problem prevents us from continuing this call. Please call us again.",
            "Lo sentimos, un problema técnico nos impide continuar esta llamada. Por favor, vuelva a llamarnos.");

    private final String english;
    private final String spanish;

    Apology(String english, String spanish) {
        this.english = english;
        this.spanish = spanish;
    }

    /** @param language BCP 47 */
    public String text(String language) {
        return language.startsWith("es") ? spanish : english;
    }
}
