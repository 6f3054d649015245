/**
 * Load: many callers and a model in one process, lean enough to leave the machine to what is measured. Every frame says
 * whose it is, which one it is and when it was sent, so that delay, loss and mix-ups are measured exactly and not
 * sampled. Stand-ins with behaviour (speech, tools, TwiML) are elsewhere; these only carry frames.
 */
@NullMarked
package centralita.simulators.load;

import org.jspecify.annotations.NullMarked;
