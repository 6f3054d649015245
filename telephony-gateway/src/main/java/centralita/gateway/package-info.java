/** The telephony gateway: the only part that speaks Twilio, and half of the audio path. */
@NullMarked
package centralita.gateway;

import org.jspecify.annotations.NullMarked;
