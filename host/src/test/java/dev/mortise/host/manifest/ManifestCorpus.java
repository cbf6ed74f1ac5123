package dev.mortise.host.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.stream.Stream;

/** Manifests, good and bad. Written with single quotes, to be readable in Java. */
final class ManifestCorpus {

    private ManifestCorpus() {}

    /**
     * A manifest with one mistake.
     *
     * @param structural whether the manifest's JSON Schema sees it too
     */
    record Bad(String text, int line, int column, String field, String message, boolean structural) {

        byte[] json() {
            return ManifestCorpus.json(text);
        }

        @Override
        public String toString() {
            return text.length() > 200 ? text.substring(0, 200) + "…" : text;
        }
    }

    static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(UTF_8);
    }

    /** Fields beside the id that are accepted. */
    static List<String> acceptedFields() {
        return List.of(
                "'name':'My Plugin'",
                "'name':'Zürich 你好'",
                "'version':'0.0.0'",
                "'version':'1.2.3-rc.1+build.5'",
                "'description':'two\\nlines'",
                "'description':''",
                "'author':'A. U. Thor <a@example.com>','license':'Apache-2.0 OR MIT'",
                "'runtime':'wasm'",
                "'type':'python'",
                "'entry_point':'capability.py'",
                "'entry_point':'./plugins/weather.wasm'",
                "'entrypoint':'marketplace.my_plugin:MyPlugin'",
                "'entry_point':'ghcr.io/example/image:1.0'",
                "'entry_point':'a/...b/.c'",
                "'class_name':'com.example.Outer$Inner'",
                "'plugin_class':'smart_switch:SmartSwitchPlugin'",
                "'dependencies':{}",
                "'dependencies':{'java':['com.example:library:1.2.3','a:b:jar:linux:[1.0,2.0)'],'python':['pyserial>=3.5']}",
                "'requires':{'other':'^1.2','mortise':'>=0.1 <2','more':'1.x || 2.0.*','any':'*','span':'1.0 - 2.0'}",
                "'exports':['com.example.api','single']",
                "'permissions':{}",
                "'permissions':{'network':['*','*.example.com','api.example.com:443','[::1]:80','10.0.0.1'],'listen':[0,'8080',443],"
                        + "'read':['/etc/hosts','data/..hidden'],'write':['/tmp'],'environment':['HOME','_X1'],'run':['/bin/sh'],"
                        + "'threads':true,'reflection':false,'native':true}",
                "'limits':{'deadline_ms':1,'load_deadline_ms':3600000,'drain_deadline_ms':5000.0,'concurrency':1,'memory_mb':64}",
                "'hook':'pre_flight'",
                "'hook':'pre_flight','priority':-5,'timeout_ms':10,'fail_policy':'closed'",
                "'hook':{'on':'ingress','before':['other'],'after':['more']}",
                "'hooks':[]",
                "'hooks':[{'on':'routing','class_name':'a.B','priority':1e2,'timeout_ms':60000,'fail_policy':'open'}]",
                "'capabilities':['tool_call','GPU access']",
                "'webhook_prefix':'/zigbee'",
                "'url_prefix':'hubitat','requires_webhooks':true",
                "'webhook_prefix':'zigbee','requires_webhooks':false",
                "'requires_webhooks':false",
                "'services':['llm','com.example.Store']",
                "'config':{}",
                "'config':{'anything':[1,{'x':null}]}",
                "'config':{'model_limits':{'gpt':5}},'ui_schema':[{'key':'rpm','type':'number'}]",
                "'config_schema':{'type':'object','required':['token'],'properties':{'token':{'type':'string'}}}",
                "'ui_schema':[{'key':'a','type':'text','default':''},{'key':'b','type':'string','label':'B','description':'x'},"
                        + "{'key':'c','type':'number','min':0,'max':1,'default':0.5},{'key':'d','type':'boolean','default':true},"
                        + "{'key':'e','type':'select','options':['x','y'],'default':'y'},{'key':'f','type':'textarea'},"
                        + "{'key':'g','type':'array','default':['a',1,true]},{'key':'h','type':'array','options':['x'],'default':['x']},"
                        + "{'key':'i','type':'text','secret':true,'default':''},{'key':'j','type':'number','secret':false}]",
                "'ui_schema':[{'key':'a','type':'number','max':3}],'config':{'a':3}",
                "'enabled':false",
                "'sandbox':{}",
                "'sandbox':{'minimum':'isolated'}",
                "'go_plugin':{}",
                "'go_plugin':{'cookie_key':'CROWDSEC_PLUGIN_KEY','cookie_value':'any','protocol_versions':[1,2],"
                        + "'auto_mtls':false,'multiplex':true,'plugin':'notifier'}",
                "'$schema':'manifest.schema.json'");
    }

    static Stream<String> accepted() {
        return acceptedFields().stream().map(fields -> "{'id':'my-plugin'," + fields + "}");
    }

    private static Bad structure(String fields, int column, String field, String message) {
        return new Bad("{'id':'my-plugin',\n" + fields + "}", 2, column, field, message, true);
    }

    private static Bad sense(String fields, int column, String field, String message) {
        return new Bad("{'id':'my-plugin',\n" + fields + "}", 2, column, field, message, false);
    }

    static Stream<Bad> refused() {
        return Stream.of(
                        identity(),
                        texts(),
                        dependencies(),
                        permissions(),
                        limits(),
                        sandboxes(),
                        goPlugins(),
                        hooks(),
                        webhooks(),
                        uiSchemas(),
                        configs())
                .flatMap(List::stream);
    }

    private static List<Bad> identity() {
        String id = "must be a plugin id: a lower-case letter, then 1 to 63 lower-case letters, digits or hyphens";
        String missing = "'id' is missing: it is never taken from the name of a folder or file";
        return List.of(
                new Bad("{}", 1, 1, "", missing, true),
                new Bad("\n  {'name':'x'}", 2, 3, "", missing, true),
                new Bad("[]", 1, 1, "", "must be an object, is a list", true),
                new Bad("'my-plugin'", 1, 1, "", "must be an object, is text", true),
                new Bad("null", 1, 1, "", "must be an object, is null", true),
                new Bad("{'id':'My Plugin'}", 1, 7, "/id", id, true),
                new Bad("{'id':'a'}", 1, 7, "/id", id, true),
                new Bad("{'id':'" + "a".repeat(65) + "'}", 1, 7, "/id", id, true),
                new Bad("{'id':'ab\\n'}", 1, 7, "/id", id, true),
                new Bad("{'id':'../x'}", 1, 7, "/id", id, true),
                new Bad("{'id':null}", 1, 7, "/id", id + ", is null", true),
                new Bad("{'id':12}", 1, 7, "/id", id + ", is a number; put it in quotes", true),
                structure("'idd':1", 1, "/idd", "is not a field of a manifest; did you mean 'id'?"),
                structure(
                        "'entryPoint':'a'",
                        1,
                        "/entryPoint",
                        "is not a field of a manifest; did you mean 'entry_point'?"),
                structure("'timeout':5", 1, "/timeout", "is not a field of a manifest; did you mean 'timeout_ms'?"),
                structure("'verison':'1.0.0'", 1, "/verison", "is not a field of a manifest; did you mean 'version'?"),
                structure("'UI-Schema':[]", 1, "/UI-Schema", "is not a field of a manifest; did you mean 'ui_schema'?"),
                structure(
                        "'image':'x'",
                        1,
                        "/image",
                        "is not a field of a manifest; known are $schema, id, name, version, description, author, license,"
                                + " runtime, type, entry_point, entrypoint, class_name, plugin_class, dependencies, requires,"
                                + " exports, permissions, limits, sandbox, hook, hooks, priority, timeout_ms, fail_policy,"
                                + " capabilities, webhook_prefix, url_prefix, requires_webhooks, services, config,"
                                + " config_schema, ui_schema, enabled, go_plugin"));
    }

    private static List<Bad> texts() {
        String version = "must be a semantic version such as 1.4.0 or 2.0.0-rc.1";
        String path = "must be a path within the package such as lib/plugin.jar: relative, with / and without ..";
        String line = "must be text on one line, of 1 to 200 characters";
        return List.of(
                structure("'name':''", 8, "/name", line),
                structure("'name':' '", 8, "/name", line),
                structure("'name':'a\\nb'", 8, "/name", line),
                structure("'name':'" + "x".repeat(201) + "'", 8, "/name", line),
                structure("'name':true", 8, "/name", line + ", is true or false; put it in quotes"),
                structure("'version':'1.0'", 11, "/version", version),
                structure("'version':'v1.0.0'", 11, "/version", version),
                structure("'version':' 1.0.0'", 11, "/version", version),
                structure("'version':'1.0.0-01'", 11, "/version", version),
                structure("'version':'99999999999.0.0'", 11, "/version", version),
                structure("'version':1.0", 11, "/version", version + ", is a number; put it in quotes"),
                structure(
                        "'description':['x']",
                        15,
                        "/description",
                        "must be text of at most 4000 characters, is a list"),
                structure("'description':'a\\u0000b'", 15, "/description", "must be text of at most 4000 characters"),
                structure("'author':{}", 10, "/author", line + ", is an object"),
                structure("'license':''", 11, "/license", line),
                structure("'runtime':'JVM'", 11, "/runtime", "must be the name of a runtime such as jvm or wasm"),
                structure("'type':''", 8, "/type", "must be the name of a runtime such as jvm or wasm"),
                structure("'runtime':'jvm','type':'jvm'", 17, "/type", "means the same as 'runtime'; keep one of them"),
                structure(
                        "'entry_point':'a','entrypoint':'b'",
                        19,
                        "/entrypoint",
                        "means the same as 'entry_point'; keep one of them"),
                structure("'entry_point':'../../outside/capability.py'", 15, "/entry_point", path),
                structure("'entry_point':'a/../b'", 15, "/entry_point", path),
                structure("'entry_point':'a/..'", 15, "/entry_point", path),
                structure("'entry_point':'/etc/passwd'", 15, "/entry_point", path),
                structure("'entry_point':'C:plugin.dll'", 15, "/entry_point", path),
                structure("'entry_point':'a\\\\..\\\\b'", 15, "/entry_point", path),
                structure("'entry_point':'a//b'", 15, "/entry_point", path),
                structure("'entry_point':'a/'", 15, "/entry_point", path),
                structure("'entry_point':'.'", 15, "/entry_point", path),
                structure("'entry_point':''", 15, "/entry_point", path),
                structure("'entry_point':'a\\u0000.py'", 15, "/entry_point", path),
                structure(
                        "'class_name':'My Plugin'",
                        14,
                        "/class_name",
                        "must be a class name such as com.example.MyPlugin"),
                structure(
                        "'class_name':'a..B'", 14, "/class_name", "must be a class name such as com.example.MyPlugin"),
                structure("'class_name':'1A'", 14, "/class_name", "must be a class name such as com.example.MyPlugin"),
                structure(
                        "'plugin_class':'a:b:c'",
                        16,
                        "/plugin_class",
                        "must be a class name such as com.example.MyPlugin"),
                structure("'capabilities':'x'", 16, "/capabilities", "must be a list, is text"),
                structure("'capabilities':['a','a']", 21, "/capabilities/1", "is there twice"),
                structure(
                        "'capabilities':[{'custom':'x'}]",
                        17,
                        "/capabilities/0",
                        "must be text on one line, of 1 to 100 characters, is an object"),
                structure(
                        "'services':['l l m']",
                        13,
                        "/services/0",
                        "must be the name of a service such as llm or com.example.Store"),
                structure(
                        "'exports':['com.example.*']",
                        12,
                        "/exports/0",
                        "must be the name of a Java package such as com.example.api"),
                structure("'enabled':'yes'", 11, "/enabled", "must be true or false, is text"),
                structure("'enabled':1", 11, "/enabled", "must be true or false, is a number"),
                structure(
                        "'$schema':1",
                        11,
                        "/$schema",
                        "must be text on one line, of 1 to 2000 characters, is a number; put it in quotes"));
    }

    private static List<Bad> dependencies() {
        String range = "must be a version range such as ^1.2 or >=1.0.0 <3.0.0";
        String coordinates = "must be Maven coordinates such as com.example:library:1.2.3";
        return List.of(
                structure("'dependencies':['httpx']", 16, "/dependencies", "must be an object, is a list"),
                structure(
                        "'dependencies':{'pyton':[]}",
                        17,
                        "/dependencies/pyton",
                        "is not a field here; did you mean 'python'?"),
                structure(
                        "'dependencies':{'npm':[]}",
                        17,
                        "/dependencies/npm",
                        "is not a field here; known are java, python"),
                structure("'dependencies':{'java':'a:b:1'}", 24, "/dependencies/java", "must be a list, is text"),
                structure("'dependencies':{'java':['a:1']}", 25, "/dependencies/java/0", coordinates),
                structure("'dependencies':{'java':['a:b:1','a b:c:1']}", 33, "/dependencies/java/1", coordinates),
                structure(
                        "'dependencies':{'python':['']}",
                        27,
                        "/dependencies/python/0",
                        "must be text on one line, of 1 to 300 characters"),
                structure("'requires':['other ^1.2']", 12, "/requires", "must be an object, is a list"),
                structure("'requires':{'other':'latest'}", 21, "/requires/other", range),
                structure("'requires':{'other':''}", 21, "/requires/other", range),
                structure("'requires':{'other':'[1,2)'}", 21, "/requires/other", range),
                structure("'requires':{'other':'x'}", 21, "/requires/other", range),
                structure("'requires':{'other':1}", 21, "/requires/other", range + ", is a number; put it in quotes"),
                sense("'requires':{'other':'^1.2 ^2'}", 21, "/requires/other", range),
                structure(
                        "'requires':{'Other':'^1'}",
                        13,
                        "/requires/Other",
                        "must be a plugin id: a lower-case letter, then 1 to 63 lower-case letters, digits or hyphens"),
                sense(
                        "'requires':{'my-plugin':'^1'}",
                        13,
                        "/requires/my-plugin",
                        "is this plugin itself, which it cannot require"));
    }

    private static List<Bad> permissions() {
        String host = "must be a host such as api.example.com, api.example.com:443, *.example.com or *";
        return List.of(
                structure("'permissions':['network']", 15, "/permissions", "must be an object, is a list"),
                structure(
                        "'permissions':{'networks':[]}",
                        16,
                        "/permissions/networks",
                        "is not a field here; did you mean 'network'?"),
                structure(
                        "'permissions':{'network':true}",
                        26,
                        "/permissions/network",
                        "must be a list, is true or false"),
                structure("'permissions':{'network':['https://example.com']}", 27, "/permissions/network/0", host),
                structure("'permissions':{'network':['a.*.com']}", 27, "/permissions/network/0", host),
                structure("'permissions':{'network':['a','a']}", 31, "/permissions/network/1", "is there twice"),
                sense(
                        "'permissions':{'network':['a:65536']}",
                        27,
                        "/permissions/network/0",
                        "must have a port from 1 to 65535"),
                structure(
                        "'permissions':{'listen':[65536]}",
                        26,
                        "/permissions/listen/0",
                        "must be a whole number from 0 to 65535"),
                structure(
                        "'permissions':{'listen':[1.5]}",
                        26,
                        "/permissions/listen/0",
                        "must be a whole number from 0 to 65535"),
                structure(
                        "'permissions':{'listen':['http']}",
                        26,
                        "/permissions/listen/0",
                        "must be a port from 0 to 65535"),
                structure(
                        "'permissions':{'listen':[null]}",
                        26,
                        "/permissions/listen/0",
                        "must be a port from 0 to 65535, is null"),
                sense(
                        "'permissions':{'listen':['70000']}",
                        26,
                        "/permissions/listen/0",
                        "must be a port from 0 to 65535"),
                sense("'permissions':{'listen':[80,'80']}", 29, "/permissions/listen/1", "is there twice"),
                structure("'permissions':{'read':['/a/../b']}", 24, "/permissions/read/0", "must be a path without .."),
                structure("'permissions':{'read':['..']}", 24, "/permissions/read/0", "must be a path without .."),
                structure(
                        "'permissions':{'write':['a\\u2028/../x']}",
                        25,
                        "/permissions/write/0",
                        "must be a path without .."),
                structure("'permissions':{'run':['']}", 23, "/permissions/run/0", "must be a path without .."),
                structure(
                        "'permissions':{'environment':['A=B']}",
                        31,
                        "/permissions/environment/0",
                        "must be the name of an environment variable"),
                structure(
                        "'permissions':{'native':'yes'}", 25, "/permissions/native", "must be true or false, is text"));
    }

    private static List<Bad> limits() {
        return List.of(
                structure("'limits':5", 10, "/limits", "must be an object, is a number"),
                structure(
                        "'limits':{'deadline':5}",
                        11,
                        "/limits/deadline",
                        "is not a field here; did you mean 'deadline_ms'?"),
                structure(
                        "'limits':{'deadline_ms':0}",
                        25,
                        "/limits/deadline_ms",
                        "must be a whole number from 1 to 3600000"),
                structure(
                        "'limits':{'deadline_ms':3600001}",
                        25,
                        "/limits/deadline_ms",
                        "must be a whole number from 1 to 3600000"),
                structure(
                        "'limits':{'load_deadline_ms':-1}",
                        30,
                        "/limits/load_deadline_ms",
                        "must be a whole number from 1 to 3600000"),
                structure(
                        "'limits':{'drain_deadline_ms':'5s'}",
                        31,
                        "/limits/drain_deadline_ms",
                        "must be a whole number from 1 to 3600000, is text"),
                structure(
                        "'limits':{'concurrency':0}",
                        25,
                        "/limits/concurrency",
                        "must be a whole number from 1 to 100000"),
                structure(
                        "'limits':{'memory_mb':0.5}",
                        23,
                        "/limits/memory_mb",
                        "must be a whole number from 1 to 1048576"),
                structure(
                        "'limits':{'memory_mb':1e300}",
                        23,
                        "/limits/memory_mb",
                        "must be a whole number from 1 to 1048576"));
    }

    private static List<Bad> sandboxes() {
        return List.of(
                structure(
                        "'sandbox':'isolated'",
                        11,
                        "/sandbox",
                        "must be an object, such as {\"minimum\": \"isolated\"}; what runs the plugin is named by 'runtime'"),
                structure(
                        "'sandbox':{'minimun':'isolated'}",
                        12,
                        "/sandbox/minimun",
                        "is not a field here; did you mean 'minimum'?"),
                structure(
                        "'sandbox':{'minimum':'safe'}",
                        22,
                        "/sandbox/minimum",
                        "must be one of plain, confined, isolated, metered"));
    }

    private static List<Bad> goPlugins() {
        return List.of(
                structure("'go_plugin':true", 13, "/go_plugin", "must be an object, is true or false"),
                structure(
                        "'go_plugin':{'cookie':'x'}",
                        14,
                        "/go_plugin/cookie",
                        "is not a field here; did you mean 'cookie_key'?"),
                structure(
                        "'go_plugin':{'cookie_key':'X'}",
                        27,
                        "/go_plugin/cookie_key",
                        "needs a 'cookie_value' beside it"),
                structure(
                        "'go_plugin':{'cookie_value':'X'}",
                        29,
                        "/go_plugin/cookie_value",
                        "needs a 'cookie_key' beside it"),
                structure(
                        "'go_plugin':{'cookie_value':'x','cookie_key':'PLUGIN_CLIENT_CERT'}",
                        46,
                        "/go_plugin/cookie_key",
                        "must be the name of an environment variable that does not begin with PLUGIN_"),
                structure(
                        "'go_plugin':{'protocol_versions':[]}",
                        34,
                        "/go_plugin/protocol_versions",
                        "must name at least one version"),
                structure(
                        "'go_plugin':{'protocol_versions':[1,1]}",
                        37,
                        "/go_plugin/protocol_versions/1",
                        "is there twice"),
                structure(
                        "'go_plugin':{'protocol_versions':['1']}",
                        35,
                        "/go_plugin/protocol_versions/0",
                        "must be a whole number from 0 to 1000000, is text"),
                structure(
                        "'go_plugin':{'auto_mtls':1}",
                        26,
                        "/go_plugin/auto_mtls",
                        "must be true or false, is a number"),
                structure(
                        "'go_plugin':{'multiplex':'yes'}",
                        26,
                        "/go_plugin/multiplex",
                        "must be true or false, is text"));
    }

    private static List<Bad> hooks() {
        String ring = "must be the name of a ring such as pre_flight";
        String beside = "belongs beside a 'hook' that names a ring, or into an entry of 'hooks'";
        return List.of(
                structure("'hook':'PRE_FLIGHT'", 8, "/hook", ring),
                structure("'hook':5", 8, "/hook", "must be an object, is a number"),
                structure("'hook':'ingress','hooks':[]", 1, "/hook", "means the same as 'hooks'; keep one of them"),
                structure("'priority':5", 1, "/priority", beside),
                structure("'hooks':[],'timeout_ms':5", 12, "/timeout_ms", beside),
                structure("'hook':{'on':'ingress'},'fail_policy':'open'", 25, "/fail_policy", beside),
                structure("'hook':'ingress','priority':1.5", 29, "/priority", "must be a whole number"),
                structure("'hook':'ingress','priority':3000000000", 29, "/priority", "must be a whole number"),
                structure(
                        "'hook':'ingress','timeout_ms':0", 31, "/timeout_ms", "must be a whole number from 1 to 60000"),
                structure(
                        "'hook':'ingress','fail_policy':'Open'",
                        32,
                        "/fail_policy",
                        "must be one of open, closed; did you mean 'open'?"),
                structure(
                        "'hook':'ingress','fail_policy':true",
                        32,
                        "/fail_policy",
                        "must be one of open, closed, is true or false"),
                structure("'hooks':{'on':'ingress'}", 9, "/hooks", "must be a list, is an object"),
                structure("'hooks':['ingress']", 10, "/hooks/0", "must be an object, is text"),
                structure("'hooks':[{}]", 10, "/hooks/0", "'on' is missing: the name of a ring, such as pre_flight"),
                structure(
                        "'hooks':[{'on':'ingress','timeout':5}]",
                        26,
                        "/hooks/0/timeout",
                        "is not a field here; did you mean 'timeout_ms'?"),
                structure(
                        "'hooks':[{'on':'ingress'},{'on':'ingress','timeout_ms':60001}]",
                        56,
                        "/hooks/1/timeout_ms",
                        "must be a whole number from 1 to 60000"),
                structure(
                        "'hooks':[{'on':'ingress','before':['X']}]",
                        36,
                        "/hooks/0/before/0",
                        "must be a plugin id: a lower-case letter, then 1 to 63 lower-case letters, digits or hyphens"),
                sense(
                        "'hooks':[{'on':'ingress','after':['my-plugin']}]",
                        34,
                        "/hooks/0/after",
                        "must not name the plugin itself"));
    }

    private static List<Bad> webhooks() {
        String prefix =
                "must be a prefix such as /zigbee: a lower-case letter, then lower-case letters, digits or hyphens";
        String reserved = "is a prefix that the host keeps for itself; choose another one";
        return List.of(
                structure("'webhook_prefix':'Zigbee'", 18, "/webhook_prefix", prefix),
                structure("'webhook_prefix':'/a/b'", 18, "/webhook_prefix", prefix),
                structure("'webhook_prefix':'//a'", 18, "/webhook_prefix", prefix),
                structure("'webhook_prefix':'/'", 18, "/webhook_prefix", prefix),
                structure("'webhook_prefix':'..'", 18, "/webhook_prefix", prefix),
                structure("'webhook_prefix':'openapi.json'", 18, "/webhook_prefix", prefix),
                structure("'webhook_prefix':'/api'", 18, "/webhook_prefix", reserved),
                structure("'url_prefix':'v1'", 14, "/url_prefix", reserved),
                structure(
                        "'webhook_prefix':'a','url_prefix':'a'",
                        22,
                        "/url_prefix",
                        "means the same as 'webhook_prefix'; keep one of them"),
                structure("'requires_webhooks':true", 21, "/requires_webhooks", "needs a 'webhook_prefix'"),
                structure("'requires_webhooks':'true'", 21, "/requires_webhooks", "must be true or false, is text"));
    }

    private static List<Bad> uiSchemas() {
        String types = "text, number, boolean, select, textarea, array, string";
        return List.of(
                structure("'ui_schema':{}", 13, "/ui_schema", "must be a list, is an object"),
                structure("'ui_schema':['a']", 14, "/ui_schema/0", "must be an object, is text"),
                structure(
                        "'ui_schema':[{'type':'text'}]",
                        14,
                        "/ui_schema/0",
                        "'key' is missing: the key of the configuration that the field is for"),
                structure("'ui_schema':[{'key':'a'}]", 14, "/ui_schema/0", "'type' is missing: one of " + types),
                structure(
                        "'ui_schema':[{'key':'a b','type':'text'}]",
                        21,
                        "/ui_schema/0/key",
                        "must be a key such as max_tokens: a letter, then letters, digits, _ . or -"),
                structure(
                        "'ui_schema':[{'key':'a','type':'nubmer'}]",
                        32,
                        "/ui_schema/0/type",
                        "must be one of " + types + "; did you mean 'number'?"),
                structure(
                        "'ui_schema':[{'key':'a','type':'date'}]", 32, "/ui_schema/0/type", "must be one of " + types),
                structure(
                        "'ui_schema':[{'key':'a','type':'text','labl':'A'}]",
                        39,
                        "/ui_schema/0/labl",
                        "is not a field here; did you mean 'label'?"),
                structure(
                        "'ui_schema':[{'key':'a','type':'text','default':5}]",
                        49,
                        "/ui_schema/0/default",
                        "must be text, is a number"),
                structure(
                        "'ui_schema':[{'key':'a','type':'number','default':'5'}]",
                        51,
                        "/ui_schema/0/default",
                        "must be a number, is text"),
                structure(
                        "'ui_schema':[{'key':'a','type':'boolean','default':null}]",
                        52,
                        "/ui_schema/0/default",
                        "must be true or false, is null"),
                structure(
                        "'ui_schema':[{'key':'a','type':'array','default':[[]]}]",
                        50,
                        "/ui_schema/0/default",
                        "must hold text, numbers, true or false, holds a list"),
                sense(
                        "'ui_schema':[{'key':'a','type':'number','min':1,'default':0}]",
                        59,
                        "/ui_schema/0/default",
                        "must be at least 1"),
                sense(
                        "'ui_schema':[{'key':'a','type':'number','max':1,'default':2}]",
                        59,
                        "/ui_schema/0/default",
                        "must be at most 1"),
                sense(
                        "'ui_schema':[{'key':'a','type':'number','min':2,'max':1}]",
                        47,
                        "/ui_schema/0/min",
                        "must not be greater than max"),
                structure(
                        "'ui_schema':[{'key':'a','type':'number','min':'1'}]",
                        47,
                        "/ui_schema/0/min",
                        "must be a number, is text"),
                structure(
                        "'ui_schema':[{'key':'a','type':'text','min':1}]",
                        39,
                        "/ui_schema/0/min",
                        "is for fields of type number only"),
                structure(
                        "'ui_schema':[{'key':'a','type':'text','options':['x']}]",
                        39,
                        "/ui_schema/0/options",
                        "is for fields of type select or array only"),
                structure(
                        "'ui_schema':[{'key':'a','type':'select'}]",
                        14,
                        "/ui_schema/0",
                        "'options' is missing: what a field of type select lets one choose from"),
                structure(
                        "'ui_schema':[{'key':'a','type':'select','options':[]}]",
                        51,
                        "/ui_schema/0/options",
                        "must not be empty"),
                structure(
                        "'ui_schema':[{'key':'a','type':'select','options':[1]}]",
                        52,
                        "/ui_schema/0/options/0",
                        "must be text of at most 500 characters on one line, is a number; put it in quotes"),
                sense(
                        "'ui_schema':[{'key':'a','type':'select','options':['x','y'],'default':'z'}]",
                        71,
                        "/ui_schema/0/default",
                        "must be one of x, y"),
                sense(
                        "'ui_schema':[{'key':'a','type':'array','options':['x'],'default':['z']}]",
                        66,
                        "/ui_schema/0/default",
                        "must be one of x"),
                sense(
                        "'ui_schema':[{'key':'a','type':'text'},{'key':'a','type':'text'}]",
                        40,
                        "/ui_schema/1",
                        "has the key 'a', which an earlier field has already"),
                structure(
                        "'ui_schema':[{'key':'a','type':'number','secret':true}]",
                        41,
                        "/ui_schema/0/secret",
                        "is for fields of type text or textarea only"),
                structure(
                        "'ui_schema':[{'key':'a','type':'text','secret':true,'default':'hunter2'}]",
                        63,
                        "/ui_schema/0/default",
                        "must not be there: a secret in a manifest is none; the operator sets it"));
    }

    private static List<Bad> configs() {
        String secret = "must not be there: a secret in a manifest is none; the operator sets it";
        return List.of(
                structure("'config':[]", 10, "/config", "must be an object, is a list"),
                structure("'config':null", 10, "/config", "must be an object, is null"),
                structure("'config_schema':true", 17, "/config_schema", "must be an object, is true or false"),
                sense(
                        "'config_schema':{'minLength':'x'}",
                        30,
                        "/config_schema/minLength",
                        "must be integer, is string"),
                sense(
                        "'config_schema':{'$ref':'https://example.com/x'}",
                        17,
                        "/config_schema",
                        "cannot be used: Schema from 'https://example.com/x' is not allowed to be loaded."),
                sense(
                        "'config':{'a':'x'},'ui_schema':[{'key':'a','type':'number'}]",
                        15,
                        "/config/a",
                        "must be a number, is text"),
                sense(
                        "'config':{'a':9},'ui_schema':[{'key':'a','type':'number','max':5}]",
                        15,
                        "/config/a",
                        "must be at most 5"),
                sense(
                        "'config':{'a':{'b':'x'}},'config_schema':{'properties':{'a':{'properties':{'b':{'type':'integer'}}}}}",
                        20,
                        "/config/a/b",
                        "must be integer, is string"),
                sense(
                        "'ui_schema':[{'key':'a','type':'number','default':9}],'config_schema':{'properties':{'a':{'maximum':5}}}",
                        51,
                        "/ui_schema/0/default",
                        "does not fit config_schema: must have a maximum value of 5"),
                sense(
                        "'config':{'a':'hunter2'},'ui_schema':[{'key':'a','type':'text','secret':true}]",
                        15,
                        "/config/a",
                        secret),
                sense(
                        "'config_schema':{'properties':{'a':{'writeOnly':true,'default':'hunter2'}}}",
                        64,
                        "/config_schema/properties/a/default",
                        secret));
    }
}
