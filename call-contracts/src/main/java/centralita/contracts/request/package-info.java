/** What one service asks of another over the {@code call-requests} topic. Full numbers: personal data, short-lived. */
@NullMarked
package centralita.contracts.request;

import org.jspecify.annotations.NullMarked;
