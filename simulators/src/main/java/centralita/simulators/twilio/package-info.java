/**
 * A stand-in for Twilio's voice product: signed webhooks, TwiML, media streams, status callbacks and the part of the
 * REST API that we use, on real sockets. Everything runs on one event loop.
 */
@NullMarked
package centralita.simulators.twilio;

import org.jspecify.annotations.NullMarked;
