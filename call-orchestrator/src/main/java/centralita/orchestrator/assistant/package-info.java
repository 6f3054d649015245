/** Assistants: versions that never change, and which one answers now. */
@NullMarked
package centralita.orchestrator.assistant;

import org.jspecify.annotations.NullMarked;
