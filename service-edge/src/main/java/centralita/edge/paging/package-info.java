/** Lists in pages: by the last key seen, never by a row's number. */
@NullMarked
package centralita.edge.paging;

import org.jspecify.annotations.NullMarked;
