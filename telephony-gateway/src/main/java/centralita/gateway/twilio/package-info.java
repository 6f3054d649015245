/** Everything that Twilio says to us or hears from us: webhooks, TwiML, media stream, signatures. */
@NullMarked
package centralita.gateway.twilio;

import org.jspecify.annotations.NullMarked;
