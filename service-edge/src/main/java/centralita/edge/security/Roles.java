package centralita.edge.security;

/** The roles that a token's {@code groups} may name, for {@code @RolesAllowed}. */
public final class Roles {
    /** May do everything that people may do. */
    public static final String ADMIN = "admin";
    /** Plans campaigns. */
    public static final String CAMPAIGN_MANAGER = "campaign-manager";
    /** Takes calls that the AI hands over, and reads what was said. */
    public static final String AGENT = "agent";
    /** Reads facts and figures; nothing that was said. */
    public static final String ANALYST = "analyst";
    /** Another service of ours. */
    public static final String SERVICE = "service";

    private Roles() {}
}
