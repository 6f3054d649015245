/**
 * {@code centralita chaos}: live calls while things fail, and a program that says whether anybody noticed. A seed decides
 * what fails and when; the stand-ins, Kafka and the logs are the witnesses.
 */
@NullMarked
package centralita.local.chaos;

import org.jspecify.annotations.NullMarked;
