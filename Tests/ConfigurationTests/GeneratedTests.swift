import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Configuration

/// What is made from the table of settings: the template, the schema, the manual's table, `config show`.
@Suite struct GeneratedTests {
    @Test func template() throws { try expectGolden(SettingsTemplate.text(), "Golden/template.yml") }
    @Test func markdown() throws { try expectGolden(SettingsManual.markdown, "Golden/manual.md") }

    // MARK: config show

    static let text = """
        source: public
        destination: s3://my-photos/2024
        endpoint-url: https://fsn1.your-objectstorage.com
        privacy: [gps, owner]
        rules:
          - model: NIKON D750
            clock-shift: -4h
          - path: tokyo/**
            from: 2024-06-15
            time-zone: Asia/Tokyo
            optional: true
          - serial: 0012345
        """
    static let environment = ["GALLERIA_MAX_DELETE": "40%", "AWS_REGION": "eu-central-1", "HOME": "/nonexistent"]

    static func shown() throws -> TargetSettings {
        var flags = SettingValues()
        flags.jobs = 4
        return try settings(text, flags: flags, environment: environment)
    }

    @Test func show() throws { try expectGolden(SettingsShow(try Self.shown()).text, "Golden/show.txt") }
    @Test func showAsJSON() throws { try expectGolden(SettingsShow.json([SettingsShow(try Self.shown())]) + "\n", "Golden/show.json") }
    @Test func showOfNothing() throws { try expectGolden(SettingsShow(try settings("")).text, "Golden/show-nothing.txt") }

    // MARK: The template says what the reader reads.

    @Test func theTemplateSaysNothing() throws {
        let read = try settings(SettingsTemplate.text())
        for row in SettingTable.all { #expect(row.text(read.values) == nil, "\(row.name)") }
    }

    /// Every setting of the template, once its `#` is taken away.
    static let said =
        SettingsTemplate.text().split(separator: "\n").map { line in
            isExplanation(line) ? line : line.dropFirst()
        }.joined(separator: "\n") + "\n"

    static func isExplanation(_ line: Substring) -> Bool {
        !line.hasPrefix("#") || (line.hasPrefix("# ") && !line.hasPrefix("#  "))
    }

    @Test func everySettingOfTheTemplateIsRead() throws {
        let document = try load(Self.said)
        #expect(document.targetNames == ["site", "photos"])
        for row in SettingTable.all { #expect(row.text(document.common.values) != nil, "\(row.name)") }
    }

    @Test func theTemplateTakesSourceAndDestination() throws {
        for odd in ["public", "my photos", "it's: #1", "$HOME/${X}", "-x", "~/p", "[a]", "ä", "a: b", "yes", "'", "*", "a\nb\t\u{1}"] {
            let folder = odd.contains("\n") ? "" : odd
            let read = try settings(SettingsTemplate.text(source: "/" + odd, destination: "s3://bkt/" + folder))
            #expect(read.values.source == "/" + odd)
            #expect(read.values.destination == "s3://bkt/" + folder)
            #expect(try settings(SettingsTemplate.text(source: odd), environment: ["HOME": "~"]).values.source?.hasSuffix(odd) == true)
        }
    }

    // MARK: The schema says what the reader reads.

    @Test func theSchemaHoldsEverySetting() throws {
        let schema = try #require(try JSONSerialization.jsonObject(with: Data(SettingsSchema.text.utf8)) as? [String: Any])
        let properties = try #require(schema["properties"] as? [String: [String: Any]])
        #expect(Set(properties.keys) == SettingTable.names.union(["targets"]))
        #expect(schema["additionalProperties"] as? Bool == false)
        let target = try #require((schema["definitions"] as? [String: [String: Any]])?["target"])
        #expect(Set(try #require(target["properties"] as? [String: Any]).keys) == SettingTable.names)
        let rules = try #require(properties["rules"]?["anyOf"] as? [[String: Any]])
        let rule = try #require((rules[0]["items"] as? [String: Any])?["properties"] as? [String: Any])
        #expect(Set(rule.keys) == SettingTable.ruleNames)
    }

    /// The schema as an independent validator and an independent YAML parser see it, where this machine has them.
    @Test(.enabled { try await SchemaJudge.python() != nil }) func anIndependentValidatorAgrees() async throws {
        let good = [Self.said, SettingsTemplate.text(), Self.text, "jobs: ${JOBS}", "delete: '${D:-true}'", "privacy: gps", "cors: 'off'"]
        let bad = [
            "jbos: 4", "jobs: 0", "jobs: 257", "jobs: four", "delete: 3", "privacy: [faces]", "cors: maybe", "rules: {}",
            "rules: [{modle: x}]", "targets: {}", "targets: {a/b: {}}", "targets: {a: {jbos: 4}}", "source: [a]", "capture-time: exif",
            "- a",
        ]
        let refused = zip(good, try await SchemaJudge.judge(good)).filter { !$0.1 }.map(\.0)
        #expect(refused == [])
        let accepted = zip(bad, try await SchemaJudge.judge(bad)).filter(\.1).map(\.0)
        #expect(accepted == [])
        for text in good { #expect(throws: Never.self) { try load(text, environment: ["JOBS": "4"]) } }
        for text in bad { #expect(complaint(text) != nil) }
    }

    // MARK: The table is sound.

    @Test func namesAreUniqueAndSpeltAlike() {
        for facts in [SettingTable.facts, SettingTable.ruleFacts, SettingTable.networkFacts] {
            #expect(Set(facts.map(\.name)).count == facts.count)
            for facts in facts {
                #expect(facts.name.allSatisfy { ("a"..."z").contains($0) || $0 == "-" }, "\(facts.name)")
                #expect(facts.help.hasSuffix("."), "\(facts.name)")
                for variable in facts.variables { #expect(variable.hasPrefix("GALLERIA_"), "\(variable)") }
            }
        }
        let variables = SettingTable.facts.flatMap(\.variables)
        #expect(Set(variables).count == variables.count)
    }
}
