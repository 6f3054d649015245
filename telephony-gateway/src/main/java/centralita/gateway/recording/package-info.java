/** Keeps what caller and assistant said, when both the deployment and the assistant allow it. */
@NullMarked
package centralita.gateway.recording;

import org.jspecify.annotations.NullMarked;
