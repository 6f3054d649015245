package centralita.edge.openapi;

import centralita.edge.problem.Problem;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** Says of every operation once what it answers when it refuses, so that no method has to. */
public final class ProblemAnswers implements OASFilter {
    private static final String SCHEMA = "Problem";

    @Override
    public void filterOpenAPI(OpenAPI page) {
        if (page.getPaths() == null || page.getPaths().getPathItems() == null) {
            return;
        }
        var components = page.getComponents();
        if (components == null) {
            components = OASFactory.createComponents();
            page.setComponents(components);
        }
        components.addSchema(SCHEMA, schema());
        for (var path : page.getPaths().getPathItems().values()) {
            for (var operation : path.getOperations().values()) {
                var responses = operation.getResponses();
                if (responses != null && responses.getDefaultValue() == null) {
                    responses.setDefaultValue(OASFactory.createAPIResponse()
                            .description("Refused or failed: RFC 9457 problem details.")
                            .content(OASFactory.createContent()
                                    .addMediaType(
                                            Problem.MEDIA_TYPE,
                                            OASFactory.createMediaType()
                                                    .schema(OASFactory.createSchema()
                                                            .ref("#/components/schemas/" + SCHEMA)))));
                }
            }
        }
    }

    private static Schema schema() {
        var error = object().addProperty(
                        "pointer", text("RFC 6901 into the body, or query:name, path:name, header:name"))
                .addProperty("code", text("stable, upper snake case"))
                .addProperty("detail", text("what is expected"));
        return object().addProperty("type", text("urn:centralita:problem:…"))
                .addProperty("title", text("what kind of problem"))
                .addProperty(
                        "status",
                        OASFactory.createSchema()
                                .addType(Schema.SchemaType.INTEGER)
                                .description("the HTTP status"))
                .addProperty("detail", text("what is wrong this time and what to do next"))
                .addProperty("instance", text("the path that was asked for"))
                .addProperty("code", text("stable, upper snake case: what a program may decide by"))
                .addProperty("traceId", text("of the trace that holds the rest of the story"))
                .addProperty(
                        "errors",
                        OASFactory.createSchema()
                                .addType(Schema.SchemaType.ARRAY)
                                .items(error)
                                .description("what is wrong with which part of the request"));
    }

    private static Schema object() {
        return OASFactory.createSchema().addType(Schema.SchemaType.OBJECT);
    }

    private static Schema text(String description) {
        return OASFactory.createSchema().addType(Schema.SchemaType.STRING).description(description);
    }
}
