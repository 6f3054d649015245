/**
 * Campaigns, their contacts and attempts. So far only the service itself: it starts, is healthy, keeps its own database
 * and trusts the deployment's tokens. It plans and places no calls yet.
 */
@NullMarked
package centralita.campaign;

import org.jspecify.annotations.NullMarked;
