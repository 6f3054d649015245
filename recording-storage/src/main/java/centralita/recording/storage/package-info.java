/** Where recordings are kept: the port, and the adapter for a file system. */
@NullMarked
package centralita.recording.storage;

import org.jspecify.annotations.NullMarked;
