package centralita.gateway.ladder;

/** Everything that a caller hears from us when no assistant speaks. In the languages of {@link SpokenLanguage}. */
public enum Line {
    NOBODY_HERE(
            "We are sorry, nobody can be reached at this number.",
            "Lo sentimos, en este número no hay nadie que pueda atenderle."),
    NO_ROOM(
            "We are sorry, all our lines are busy at the moment.",
            "Lo sentimos, en este momento todas nuestras líneas están ocupadas."),
    TOO_MANY_CALLS(
            "We are sorry, we cannot take more calls at the moment. Please call again later.",
            "Lo sentimos, en este momento no podemos atender más llamadas. Por favor, llame de nuevo más tarde."),
    BROKEN_OFF(
            "We are sorry, a technical problem prevents our assistant from continuing this call.",
            "Lo sentimos, un problema técnico impide que nuestro asistente continúe esta llamada."),
    CONNECTING(
            "Please hold the line while we connect you with a person.",
            "Por favor, no cuelgue, le ponemos con una persona."),
    NOBODY_FREE(
            "Nobody is free to take your call right now.",
            "En este momento no hay nadie libre para atender su llamada."),
    PRESS_ONE(
            "If you would like us to call you back, please press 1.",
            "Si desea que le devolvamos la llamada, pulse uno."),
    PROMISE(
            "We will call you back as soon as possible, at the number you are calling from.",
            "Le devolveremos la llamada lo antes posible, al número desde el que nos llama."),
    AFTER_THE_TONE(
            "Please leave a message after the tone, and press the hash key when you are done.",
            "Por favor, deje su mensaje después de la señal y pulse almohadilla cuando termine."),
    MESSAGE_KEPT("Thank you, we have your message.", "Gracias, hemos recibido su mensaje."),
    CALL_AGAIN("Please call again in a few minutes.", "Por favor, llame de nuevo en unos minutos."),
    GOODBYE("Goodbye.", "Adiós.");

    private final String english;
    private final String spanish;

    Line(String english, String spanish) {
        this.english = english;
        this.spanish = spanish;
    }

    /** What is said. */
    public String in(SpokenLanguage language) {
        return language.spanish() ? spanish : english;
    }
}
