/**
 * Sockets that carry audio, beside the framework's own way: frames are read and written without its objects, copies and
 * flushes. The framework still opens and closes these sockets and answers for the protocol.
 */
@NullMarked
package centralita.mediasocket;

import org.jspecify.annotations.NullMarked;
