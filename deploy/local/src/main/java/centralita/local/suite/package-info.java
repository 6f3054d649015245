/**
 * The whole suite on one machine: servers, stand-ins, services as child processes, ingress. {@link
 * centralita.local.suite.Suite} starts and stops it; {@code up}, {@code bench} and the end-to-end tests use it.
 */
@NullMarked
package centralita.local.suite;

import org.jspecify.annotations.NullMarked;
