/** What calls use of the models' tokens, told to all who admit calls. */
@NullMarked
package centralita.bridge.budget;

import org.jspecify.annotations.NullMarked;
