package centralita.edge.configuration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;
import java.lang.reflect.Method;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The names of the properties that {@code @ConfigMapping} interfaces read, for the test that compares them with the page. */
public final class SettingNames {
    private SettingNames() {}

    public static Set<String> of(Class<?>... mappings) {
        var names = new TreeSet<String>();
        for (var mapping : mappings) {
            collect(mapping.getAnnotation(ConfigMapping.class).prefix(), mapping, names);
        }
        return names;
    }

    private static void collect(String prefix, Class<?> group, Set<String> names) {
        for (var method : group.getMethods()) {
            if (method.isDefault() || method.isSynthetic()) {
                continue;
            }
            var name = prefix + "." + name(method);
            if (method.getReturnType().isInterface() && method.getReturnType().getEnclosingClass() == group) {
                collect(name, method.getReturnType(), names);
            } else {
                names.add(name);
            }
        }
    }

    private static String name(Method method) {
        var given = method.getAnnotation(WithName.class);
        return given != null
                ? given.value()
                : method.getName().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
