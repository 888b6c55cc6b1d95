internal import Configuration
internal import Foundation
internal import Photo
internal import S3
internal import Vocabulary

/// Finds out what is to be deployed where and how: options over environment over configuration file over defaults.
enum DeploySettings {
    /// One deploy, ready to be connected.
    struct Job {
        let settings: TargetSettings
        let source: String
        let place: Place
        let address: BucketAddress
        let rules: CaptureRules
    }

    /// The deploys that the words ask for: one, or one for each target of the configuration file.
    static func jobs(_ arguments: DeployArguments, environment: [String: String], commands: [String]) throws -> [Job] {
        try targets(arguments, environment: environment, commands: commands).map { try job($0, environment: environment) }
    }

    /// The settings of the deploys that the words ask for.
    static func targets(_ arguments: DeployArguments, environment: [String: String], commands: [String]) throws -> [TargetSettings] {
        let document = try Self.document(arguments.config, environment: environment, commands: commands)
        let words = try DeployPlaces.resolve(arguments, targets: document.targetNames, commands: commands)
        let flags = try arguments.values(source: words.source, destination: words.destination)
        do throws(ConfigurationError) {
            return try TargetSelection.resolve(document, names: words.targets, flags: flags, environment: environment)
        } catch {
            throw Fault(error)
        }
    }

    /// The configuration file: the one that is named, else the nearest at or above the working folder, else none.
    static func document(_ path: String?, environment: [String: String], commands: [String]) throws -> ConfigurationDocument {
        do throws(ConfigurationError) {
            guard let found = try ConfigurationFile.find(from: FileManager.default.currentDirectoryPath, explicit: path) else {
                return .empty
            }
            return try ConfigurationDocument.load(path: found, environment: environment, reserved: Set(commands))
        } catch {
            throw Fault(error)
        }
    }

    /// The rules of a target with the absolute times of its file.
    static func rules(_ settings: TargetSettings, source: String?) throws -> CaptureRules {
        guard let file = settings.values.captureTimes else { return settings.captureRules() }
        let folder = source.map { URL(fileURLWithPath: $0).standardizedFileURL.path }
        do { return settings.captureRules(times: try CaptureTimesFile.load(path: file, source: folder)) } catch {
            throw Fault(.configuration, "\(error)")
        }
    }

    private static func job(_ settings: TargetSettings, environment: [String: String]) throws -> Job {
        let name = settings.target.map { "target \($0.escapedForTerminal): " } ?? ""
        guard let source = settings.values.source else {
            throw Fault(
                .usage,
                "\(name)no source: say galleria-deploy SOURCE s3://BUCKET[/PREFIX], or set GALLERIA_SOURCE. See galleria-deploy --help.")
        }
        // The file may be what asks for deletions, so this is told only now.
        if case .flag(let flag) = settings.origin(of: "max-delete"), !settings.deletes {
            throw Fault(.usage, "\(name)\(flag) goes with --delete.")
        }
        let place: Place
        do throws(PlaceError) {
            place = try PlaceResolver.resolve(flags: settings.placeFlags, target: settings.placeTarget, environment: environment)
        } catch {
            if case .destination(_, .flag) = error { throw Fault(.usage, error.description) }
            throw Fault(.configuration, name + error.description)
        }
        guard let address = place.destination?.value else {
            throw Fault(.usage, "\(name)no destination: say galleria-deploy SOURCE s3://BUCKET[/PREFIX], or set GALLERIA_DESTINATION.")
        }
        return Job(settings: settings, source: source, place: place, address: address, rules: try rules(settings, source: source))
    }
}

extension Fault {
    /// A fault of the configuration, or of options beside it.
    init(_ error: ConfigurationError) { self.init(error.isUsage ? .usage : .configuration, error.description) }
}
