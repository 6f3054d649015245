/** How every failure leaves a service: RFC 9457 problem details that tell what to do next and nothing of our insides. */
@NullMarked
package centralita.edge.problem;

import org.jspecify.annotations.NullMarked;
