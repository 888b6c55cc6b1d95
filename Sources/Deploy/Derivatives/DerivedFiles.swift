internal import Picture
internal import Planning
internal import Vocabulary

/// The pictures that are to be made of files, as files of their own.
struct DerivedFiles {
    let derivatives: [Derivative]
    let naming: KeyNaming

    /// The pictures of one file, in the order of the settings. Their keys are made of its path in the source, whatever its own key.
    func files(of file: LocalFile) -> [LocalFile] {
        let photo = file.sourcePath
        return derivatives.indices.filter { derivatives[$0].isMade(of: photo) }.map { index in
            let key = derivatives[index].key.key(for: photo)
            return LocalFile(path: naming.isIdentity ? key : naming.path(of: key), status: file.status, madeOf: photo, derivative: index)
        }
    }

    /// Whether an object's key is one that a picture may have had.
    func mayHaveMade(_ path: Key) -> Bool { derivatives.contains { $0.key.mayHaveMade(path) } }

    /// Two files of one key, or a file and a picture, or two pictures, in the words of a refusal; nil where `files` hold none such. They are in key order.
    func collisions(among files: [LocalFile]) -> [PlanRefusal.PictureCollision] {
        zip(files, files.dropFirst()).compactMap { first, second in
            guard first.path == second.path, first.derivative != nil || second.derivative != nil else { return nil }
            return PlanRefusal.PictureCollision(key: first.path, first: source(of: first), second: source(of: second))
        }
    }

    private func source(of file: LocalFile) -> PlanRefusal.PictureCollision.Source {
        guard let index = file.derivative, derivatives.indices.contains(index) else { return .file(file.sourcePath) }
        return .picture(of: file.sourcePath, template: derivatives[index].key.description)
    }
}
