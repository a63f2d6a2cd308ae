// Which ONNX file a measurement's network is.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace roofbeam {

// Where networks are looked for.
struct NetworkPlaces {
  std::vector<std::string> folders;            // of NAME.onnx, and of FOLDER/NAME.onnx
  std::map<std::string, std::string> aliases;  // another name to a path
};

// A CSV file with the columns network and file; a file is seen from the folder that the CSV file is
// in. Throws InputError: unreadable, a column or a cell that is missing, a network that stands
// there twice.
[[nodiscard]] std::map<std::string, std::string> read_aliases(const std::string& path);

// The path of the network that a name means: the alias, else the name itself if such a file exists,
// else FOLDER/NAME.onnx in the first folder that has it. A name may hold a '/' ("ncnn/squeezenet").
// Throws InputError with the nearest names that there are.
[[nodiscard]] std::string resolve_network(const std::string& name, const NetworkPlaces& places);

}  // namespace roofbeam
