public import Planning
internal import Vocabulary

/// The file in which a user keeps what his store bills, in YAML (or JSON, which is YAML, too).
public enum PriceFile {
    /// The file as a form to fill in. No price stands in it: prices change, and differ by store, region and contract.
    public static let template = """
        # What your store bills, for galleria-deploy estimate --prices FILE. Fill in what the store's price page says; what is left empty is
        # told as unknown, not as nothing. Write 0 for what costs nothing.
        source:            # where you read it, such as the address of the price page and the region
        date:              # when you read it, such as 2024-06-15
        currency:          # such as EUR
        # How many bytes the store means by a GB: 1000000000, or 1073741824.
        bytes-per-gb: 1000000000
        # A GB stored for a month, by storage class. Stores without classes: STANDARD.
        storage-per-gb-month:
          STANDARD:
        # A thousand requests of each kind.
        requests-per-1000:
          put:             # uploads, and parts of them
          copy:            # copies on the server
          post:            # the begin and the end of uploads in parts
          list:            # pages of a listing
          get:
          head:
          delete:
        # A GB sent to the store.
        upload-per-gb:

        """

    /// Reads the file's bytes; `path` is for messages.
    public static func parse(_ bytes: [UInt8], path: String) throws(ConfigurationFault) -> PriceList {
        var prices = PriceList()
        guard let root = try YAMLTree.parse(bytes, path: path) else { return prices }
        func fault(_ position: Position, _ reason: ConfigurationFault.Reason) -> ConfigurationFault {
            ConfigurationFault(path: path, position: position, reason: reason)
        }
        func entries(_ node: YAMLNode, _ name: String) throws(ConfigurationFault) -> [YAMLNode.Entry] {
            guard case .mapping(let entries) = node.content else {
                throw fault(node.position, .wrongType(name, expected: "a group (`name: value`)", found: node.kind))
            }
            var seen: [String: Int] = [:]
            for entry in entries {
                if let line = seen[entry.name] { throw fault(entry.position, .duplicateKey(entry.name, firstLine: line)) }
                seen[entry.name] = entry.position.line
            }
            return entries.filter { !$0.value.isAbsent }
        }
        func text(_ entry: YAMLNode.Entry) throws(ConfigurationFault) -> String {
            guard case .scalar(let text, _) = entry.value.content else {
                throw fault(entry.value.position, .wrongType(entry.name, expected: "a single value", found: entry.value.kind))
            }
            return text
        }
        func price(_ entry: YAMLNode.Entry) throws(ConfigurationFault) -> Double {
            let text = try text(entry)
            guard text.utf8.allSatisfy({ 48...57 ~= $0 || $0 == UInt8(ascii: ".") }), let price = Double(text) else {
                throw fault(entry.value.position, .badValue(entry.name, "“\(text)” is no price. Write a number such as 0.0245."))
            }
            return price
        }
        for entry in try entries(root, "this file") {
            switch entry.name {
            case "source": prices.source = try text(entry)
            case "date": prices.date = try text(entry)
            case "currency": prices.currency = try text(entry)
            case "bytes-per-gb":
                let text = try text(entry)
                guard let bytes = Int64(text), bytes > 0 else {
                    throw fault(entry.value.position, .badValue(entry.name, "“\(text)” is no number of bytes such as 1000000000."))
                }
                prices.bytesPerGB = bytes
            case "storage-per-gb-month":
                for item in try entries(entry.value, entry.name) { prices.storage[item.name] = try price(item) }
            case "requests-per-1000":
                for item in try entries(entry.value, entry.name) {
                    guard let request = DeployEstimate.Request(rawValue: item.name) else {
                        let names = DeployEstimate.Request.allCases.map(\.rawValue)
                        let nearest = NearestName.nearest(to: item.name, among: names)
                        throw fault(item.position, .unknownKey(item.name, nearest: nearest ?? names.joined(separator: ", "), belongs: nil))
                    }
                    prices.requests[request] = try price(item)
                }
            case "upload-per-gb": prices.uploadGB = try price(entry)
            default:
                let names = [
                    "source", "date", "currency", "bytes-per-gb", "storage-per-gb-month", "requests-per-1000", "upload-per-gb",
                ]
                throw fault(
                    entry.position,
                    .unknownKey(entry.name, nearest: NearestName.nearest(to: entry.name, among: names) ?? names[4], belongs: nil))
            }
        }
        return prices
    }
}
