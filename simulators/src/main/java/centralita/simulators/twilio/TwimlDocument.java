package centralita.simulators.twilio;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * A TwiML document as a list of verbs. Names are case-sensitive, comments and unknown attributes are skipped, unknown
 * elements become warnings, as at Twilio. Document types are refused: TwiML has none.
 *
 * @param warnings of code 12200, in document order
 */
record TwimlDocument(List<Verb> verbs, List<String> warnings) {
    private static final DocumentBuilderFactory XML = secureFactory();
    private static final Set<String> PROMPTS = Set.of("Say", "Play", "Pause");

    /**
     * @param xml UTF-8, or what its declaration says
     * @throws WebhookFailure 12100 when it is no XML or no {@code <Response>}
     */
    static TwimlDocument parse(byte[] xml) {
        try {
            var builder = XML.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler());
            var root = builder.parse(new ByteArrayInputStream(xml)).getDocumentElement();
            if (!root.getTagName().equals("Response")) {
                throw WebhookFailure.of(12100, "document is no <Response>");
            }
            var warnings = new ArrayList<String>();
            return new TwimlDocument(verbs(root, warnings), List.copyOf(warnings));
        } catch (SAXException | IOException e) {
            throw WebhookFailure.of(12100, "document is no well-formed XML");
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the JDK's XML parser is there", e);
        }
    }

    private static List<Verb> verbs(Element parent, List<String> warnings) {
        var verbs = new ArrayList<Verb>();
        for (var element : children(parent)) {
            var verb = verb(element, warnings);
            if (verb instanceof Verb.Unsupported(var name)) {
                warnings.add("element <" + name + "> is not run");
            }
            verbs.add(verb);
        }
        return List.copyOf(verbs);
    }

    private static Verb verb(Element element, List<String> warnings) {
        return switch (element.getTagName()) {
            case "Say" -> new Verb.Say(text(element), element.getAttribute("language"), number(element, "loop", 1));
            case "Play" -> new Verb.Play(text(element), element.getAttribute("digits"), number(element, "loop", 1));
            case "Pause" -> new Verb.Pause(number(element, "length", 1));
            case "Gather" -> gather(element, warnings);
            case "Record" -> record(element);
            case "Redirect" -> new Verb.Redirect(new Verb.Action(text(element), method(element, "method")));
            case "Hangup" -> new Verb.Hangup();
            case "Reject" -> new Verb.Reject(word(element, "reason", "rejected"));
            case "Dial" -> dial(element);
            case "Enqueue" ->
                new Verb.Enqueue(
                        action(element, "action", "method"),
                        action(element, "waitUrl", "waitUrlMethod"),
                        text(element));
            case "Leave" -> new Verb.Leave();
            case "Connect" -> connect(element);
            default -> new Verb.Unsupported(element.getTagName());
        };
    }

    private static Verb gather(Element element, List<String> warnings) {
        var prompts = verbs(element, warnings).stream()
                .filter(verb -> PROMPTS.contains(verb.getClass().getSimpleName()))
                .toList();
        return new Verb.Gather(
                action(element, "action", "method"),
                number(element, "timeout", 5),
                word(element, "finishOnKey", "#"),
                number(element, "numDigits", 0),
                Boolean.parseBoolean(element.getAttribute("actionOnEmptyResult")),
                prompts);
    }

    private static Verb record(Element element) {
        return new Verb.Record(
                action(element, "action", "method"),
                number(element, "timeout", 5),
                word(element, "finishOnKey", "1234567890*#"),
                number(element, "maxLength", 3_600),
                !"false".equals(element.getAttribute("playBeep")),
                action(element, "recordingStatusCallback", "recordingStatusCallbackMethod"));
    }

    private static Verb dial(Element element) {
        var targets = new ArrayList<Verb.Target>();
        for (var noun : children(element)) {
            var identity = children(noun).stream()
                    .filter(child -> child.getTagName().equals("Identity"))
                    .findFirst();
            var events = word(noun, "statusCallbackEvent", "completed").split("[ ,]+", 10);
            targets.add(new Verb.Target(
                    noun.getTagName(),
                    identity.map(TwimlDocument::text).orElseGet(() -> text(noun)),
                    action(noun, "url", "method"),
                    action(noun, "statusCallback", "statusCallbackMethod"),
                    Set.of(events)));
        }
        if (targets.isEmpty() && !text(element).isEmpty()) {
            targets.add(new Verb.Target(
                    "Number", text(element), new Verb.Action("", "POST"), new Verb.Action("", "POST"), Set.of()));
        }
        return new Verb.Dial(
                action(element, "action", "method"),
                number(element, "timeout", 30),
                number(element, "timeLimit", 14_400),
                Boolean.parseBoolean(element.getAttribute("answerOnBridge")),
                List.copyOf(targets));
    }

    private static Verb connect(Element element) {
        for (var noun : children(element)) {
            if (noun.getTagName().equals("Stream")) {
                var parameters = new LinkedHashMap<String, String>();
                for (var child : children(noun)) {
                    if (child.getTagName().equals("Parameter")) {
                        parameters.put(child.getAttribute("name"), child.getAttribute("value"));
                    }
                }
                return new Verb.ConnectStream(
                        action(element, "action", "method"),
                        noun.getAttribute("url"),
                        noun.getAttribute("name"),
                        action(noun, "statusCallback", "statusCallbackMethod"),
                        parameters);
            }
        }
        return new Verb.Unsupported("Connect without Stream");
    }

    private static Verb.Action action(Element element, String url, String method) {
        return new Verb.Action(element.getAttribute(url).strip(), method(element, method));
    }

    private static String method(Element element, String name) {
        return word(element, name, "POST");
    }

    private static String word(Element element, String name, String otherwise) {
        return element.hasAttribute(name) ? element.getAttribute(name) : otherwise;
    }

    private static int number(Element element, String name, int otherwise) {
        try {
            return element.hasAttribute(name)
                    ? Integer.parseInt(element.getAttribute(name).strip())
                    : otherwise;
        } catch (NumberFormatException e) {
            throw WebhookFailure.of(12200, "attribute " + name + " is no number");
        }
    }

    private static String text(Element element) {
        return element.getTextContent().strip();
    }

    private static List<Element> children(Element parent) {
        var children = new ArrayList<Element>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }

    private static DocumentBuilderFactory secureFactory() {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            return factory;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the JDK's XML parser is there", e);
        }
    }
}
