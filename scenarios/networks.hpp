// Which ONNX file a measurement's network is.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace roofbeam {

class NetworkFolders {
 public:
  // In each folder, NAME.onnx is network NAME (which may hold a '/'); a file aliases.csv with the
  // columns network and file gives more names. Throws InputError for a folder that is none.
  explicit NetworkFolders(std::vector<std::string> folders);

  // The file of a network: a path that exists, else the first folder that has it. "" if none does.
  [[nodiscard]] std::string find(const std::string& network) const;
  // Why `find` found nothing, with the nearest name.
  [[nodiscard]] std::string complaint(const std::string& network) const;

 private:
  std::vector<std::string> folders_;
  std::map<std::string, std::string> aliases_;  // network -> file
};

}  // namespace roofbeam
