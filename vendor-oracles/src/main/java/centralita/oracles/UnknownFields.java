package centralita.oracles;

import com.openai.core.JsonField;
import com.openai.core.JsonValue;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the JSON fields that a model of the vendor has read without knowing them: it keeps them aside, at every level,
 * and never complains.
 */
final class UnknownFields {
    /** Classes that are maps by nature: whatever is in them is known. */
    private static final Set<String> FREE_MAPS = Set.of("Metadata", "Headers", "Variables");

    private static final Set<String> NOT_CONTENT = Set.of("_json", "additionalProperties", "hashCode", "validated");

    private final List<String> found = new ArrayList<>();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private UnknownFields() {}

    /** @return paths such as {@code $.sessionUpdate.session.voice}: Java's names, and the JSON name at the end */
    static List<String> of(Object model) {
        var walk = new UnknownFields();
        walk.visit(model, "$");
        return walk.found;
    }

    private void visit(@Nullable Object value, String path) {
        if (value == null || value instanceof JsonValue || !seen.add(value)) {
            return;
        }
        switch (value) {
            case Optional<?> optional -> visit(optional.orElse(null), path);
            case JsonField<?> field -> visit(field.asKnown().orElse(null), path);
            case Map<?, ?> map -> map.forEach((key, entry) -> visit(entry, path + "." + key));
            case Collection<?> many -> many.forEach(one -> visit(one, path + "[]"));
            default -> visitFields(value, path);
        }
    }

    private void visitFields(Object value, String path) {
        var type = value.getClass();
        if (!type.getName().startsWith("com.openai.models") || FREE_MAPS.contains(type.getSimpleName())) {
            return;
        }
        try {
            for (var method : type.getMethods()) {
                // Unions and enums have none.
                if (method.getName().equals("_additionalProperties")) {
                    ((Map<?, ?>) method.invoke(value)).keySet().forEach(name -> found.add(path + "." + name));
                }
            }
            for (var field : type.getDeclaredFields()) {
                var name = field.getName();
                if (Modifier.isStatic(field.getModifiers())
                        || NOT_CONTENT.contains(name)
                        || name.contains("$delegate")) {
                    continue;
                }
                field.setAccessible(true);
                visit(field.get(value), path + "." + name);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot look into " + type.getName() + ": has the vendor changed it?", e);
        }
    }
}
