/** What an assistant may look like: pure. */
@NullMarked
package centralita.orchestrator.assistant.rules;

import org.jspecify.annotations.NullMarked;
