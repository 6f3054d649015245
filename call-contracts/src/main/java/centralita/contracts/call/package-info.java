/** What happens to a call: events on the {@code call-lifecycle} topic. Free of personal data. */
@NullMarked
package centralita.contracts.call;

import org.jspecify.annotations.NullMarked;
