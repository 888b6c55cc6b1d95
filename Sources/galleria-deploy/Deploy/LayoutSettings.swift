internal import Configuration
internal import Deploy
internal import Planning
internal import Vocabulary

extension TargetSettings {
    /// What gives files other keys than their paths; nil where nothing does.
    ///
    /// - Parameters:
    ///   - map: What `keyMap` read.
    ///   - now: The time of day in nanoseconds since 1970: what files that are seen for the first time are given.
    func keyLayout(map: KeyMap, now: Int64) throws -> KeyLayout? {
        guard values.layout != nil || values.map != nil else {
            for (name, isSaid) in [("layout-from", values.layoutFrom != nil), ("set", values.layoutValues != nil)] where isSaid {
                throw Fault(.configuration, "`\(name)` goes with `layout`, and there is none. Say --layout, or leave it out.")
            }
            return nil
        }
        do throws(LayoutError) {
            let paths = try values.layoutFrom.map { text throws(LayoutError) in try Layout(ofPaths: text) }
            let set = Dictionary((values.layoutValues ?? []).map { ($0.name, $0.value) }) { _, last in last }
            let layout = try values.layout.map { text throws(LayoutError) in
                try Layout(text, setting: set, perFile: paths?.ownNames ?? [])
            }
            return KeyLayout(layout: layout, paths: paths, map: map, now: now / 1000)
        } catch {
            throw Fault(.configuration, error.description)
        }
    }

    /// The map of keys that the settings name; empty where they name none.
    func keyMap(source: String?) throws -> KeyMap {
        guard let file = values.map else { return KeyMap() }
        do throws(KeyMapError) { return try KeyMapFile.load(path: file, source: source.map(AbsolutePath.of)) } catch {
            throw Fault(.configuration, error.description)
        }
    }

    /// Gives a deploy's options what names files, and the headers that were written down for single ones.
    func nameFiles(_ options: inout DeployOptions, source: String) throws {
        let map = try keyMap(source: source)
        options.layout = try keyLayout(map: map, now: (options.state?.now ?? StateOptions.systemClock)())
        options.headers.files = map.headers
        if options.layout?.layout?.isFrozen == true, options.shard != .whole {
            throw Fault(
                .usage,
                "--shard and a layout with {index} or times of arrival exclude each other: machines would give one file different keys. Deploy from one."
            )
        }
    }
}
