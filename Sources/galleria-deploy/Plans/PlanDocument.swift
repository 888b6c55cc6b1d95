internal import Configuration
internal import Deploy
internal import Foundation
internal import S3
internal import Source
internal import Synchronization
internal import Vocabulary

/// The file of `--plan-out`: what a command would do, for `apply` to do exactly that. The names stand in docs/report.md.
struct PlanDocument: Codable {
    static let schemaName = "galleria-deploy/plan/1"

    /// One deploy.
    struct Target: Codable {
        /// Its name in the configuration file.
        let target: String?
        /// The absolute path of the folder, for whoever reads the file.
        let source: String
        /// `s3://BUCKET/PREFIX`.
        let destination: String
        /// The store's address.
        let endpoint: String
        /// What is done.
        let plan: SavedPlan
    }

    let schema: String
    let program: String
    /// When it was made, in UTC (ISO 8601).
    let created: String
    /// The options of the deploy, which `apply` goes by; never a secret.
    let arguments: [String]
    let targets: [Target]

    /// Reads a file. Throws a fault that says what it is instead.
    init(reading path: String) throws {
        func fault(_ problem: String) -> Fault {
            Fault(.configuration, "\(path.escapedForTerminal) \(problem). Make one with galleria-deploy --dry-run --plan-out FILE.")
        }
        let data: Data
        do { data = try Data(contentsOf: URL(fileURLWithPath: path)) } catch { throw fault("cannot be read as a plan") }
        struct Head: Decodable { let schema: String }
        guard let head = try? JSONDecoder().decode(Head.self, from: data) else { throw fault("is no plan") }
        guard head.schema == Self.schemaName else {
            throw fault("is a plan of another kind (\(head.schema.escapedForTerminal)) than this program carries out (\(Self.schemaName))")
        }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        do { self = try decoder.decode(Self.self, from: data) } catch { throw fault("is damaged: it is no whole plan") }
    }

    /// A plan of these targets, made now.
    init(_ targets: [Target], arguments: [String]) {
        schema = Self.schemaName
        program = "galleria-deploy \(Version.text)"
        created = Date.now.formatted(.iso8601)
        self.arguments = arguments
        self.targets = targets
    }

    /// Writes it whole or not at all.
    func write(to path: String) throws {
        try OutputFile.write(MemoryBytes(Array(try JSONText.document(self).utf8) + [0x0A]), to: path, notOver: nil)
    }
}

extension PlanDocument.Target {
    /// A deploy's plan.
    init(_ job: DeploySettings.Job, _ plan: SavedPlan) {
        self.init(
            target: job.settings.target, source: URL(fileURLWithPath: job.source).standardizedFileURL.path, destination: "\(job.address)",
            endpoint: job.place.endpoint.value.description, plan: plan)
    }
}

/// Keeps the plan that a dry run would save.
final class PlanRecorder: DeployObserver {
    private let found = Mutex<SavedPlan?>(nil)

    /// The plan, once it was made and no guard refused it.
    var plan: SavedPlan? { found.withLock { $0 } }

    func note(_ event: DeployEvent) {
        if case .planToSave(let plan) = event { found.withLock { $0 = plan } }
    }
}
