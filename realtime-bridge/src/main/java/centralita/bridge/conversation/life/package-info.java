/**
 * The conversation as a pure function: what happened goes in, what is to be done comes out. No clock, no I/O, no
 * framework; audio bytes never come here, only facts about them.
 */
@NullMarked
package centralita.bridge.conversation.life;

import org.jspecify.annotations.NullMarked;
