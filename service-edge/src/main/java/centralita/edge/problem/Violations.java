package centralita.edge.problem;

import centralita.edge.problem.Problem.FieldError;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Translates violations of Bean Validation into places that the asker knows. */
final class Violations {
    private Violations() {}

    static boolean ofReturnValue(ConstraintViolationException violations) {
        return violations.getConstraintViolations().stream()
                .anyMatch(violation -> nodes(violation.getPropertyPath())
                        .anyMatch(node -> node.getKind() == ElementKind.RETURN_VALUE));
    }

    /** In the order of their places, so that equal requests get equal answers. */
    static List<FieldError> errors(ConstraintViolationException violations) {
        return violations.getConstraintViolations().stream()
                .map(violation -> new FieldError(place(violation), code(violation), violation.getMessage()))
                .sorted(Comparator.comparing(FieldError::pointer).thenComparing(FieldError::code))
                .toList();
    }

    static String pointer(List<Reference> path) {
        var pointer = new StringBuilder();
        for (var step : path) {
            pointer.append('/').append(step.getFieldName() == null ? step.getIndex() : escape(step.getFieldName()));
        }
        return pointer.toString();
    }

    private static String place(ConstraintViolation<?> violation) {
        var nodes = nodes(violation.getPropertyPath()).toList();
        var first = nodes.isEmpty() ? null : nodes.get(0);
        if (first == null || first.getKind() != ElementKind.METHOD) {
            return pointer(nodes.stream());
        }
        var parameterNode = nodes.size() > 1 && nodes.get(1).getKind() == ElementKind.PARAMETER
                ? nodes.get(1).as(Path.ParameterNode.class)
                : null;
        var named = parameterNode == null
                ? Optional.<String>empty()
                : parameter(violation, first.as(Path.MethodNode.class), parameterNode.getParameterIndex())
                        .flatMap(Violations::nameInRequest);
        return named.orElseGet(() -> pointer(nodes.stream().skip(2)));
    }

    private static Optional<Parameter> parameter(ConstraintViolation<?> violation, Path.MethodNode node, int index) {
        var types = node.getParameterTypes().toArray(Class[]::new);
        return Stream.<@Nullable Class<?>>iterate(
                        violation.getRootBeanClass(), type -> type != null, type -> type.getSuperclass())
                .flatMap(type -> type == null ? Stream.empty() : Arrays.stream(type.getDeclaredMethods()))
                .filter(method ->
                        method.getName().equals(node.getName()) && Arrays.equals(method.getParameterTypes(), types))
                // Quarkus subclasses beans, and a subclass's parameters lose their annotations.
                .map(Method::getParameters)
                .map(parameters -> parameters[index])
                .filter(parameter -> parameter.getAnnotations().length > 0)
                .findFirst();
    }

    private static Optional<String> nameInRequest(Parameter parameter) {
        return Arrays.stream(parameter.getAnnotations())
                .flatMap(annotation -> nameInRequest(annotation, parameter.getName()).stream())
                .findFirst();
    }

    private static Optional<String> nameInRequest(Annotation annotation, String name) {
        return switch (annotation) {
            case QueryParam query -> Optional.of("query:" + query.value());
            case RestQuery query -> Optional.of("query:" + or(query.value(), name));
            case PathParam path -> Optional.of("path:" + path.value());
            case RestPath path -> Optional.of("path:" + or(path.value(), name));
            case HeaderParam header -> Optional.of("header:" + header.value());
            case RestHeader header -> Optional.of("header:" + or(header.value(), name));
            default -> Optional.empty();
        };
    }

    private static String or(String value, String name) {
        return value.isEmpty() ? name : value;
    }

    private static String pointer(Stream<Path.Node> nodes) {
        var pointer = new StringBuilder();
        nodes.forEach(node -> {
            if (node.getIndex() != null) {
                pointer.append('/').append(node.getIndex());
            } else if (node.getKey() != null) {
                pointer.append('/').append(escape(node.getKey().toString()));
            }
            if (node.getKind() == ElementKind.PROPERTY) {
                pointer.append('/').append(escape(node.getName()));
            }
        });
        return pointer.isEmpty() ? "/" : pointer.toString();
    }

    private static String code(ConstraintViolation<?> violation) {
        var name = violation
                .getConstraintDescriptor()
                .getAnnotation()
                .annotationType()
                .getSimpleName();
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
    }

    private static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static Stream<Path.Node> nodes(Path path) {
        return StreamSupport.stream(path.spliterator(), false);
    }
}
