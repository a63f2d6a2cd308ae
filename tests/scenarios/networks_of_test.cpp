#include "scenarios/networks_of.hpp"

#include <doctest/doctest.h>

#include "tests/scenarios/support.hpp"

using namespace roofbeam;
using testing::Folder;
using testing::message_of;

TEST_CASE("a network is NAME.onnx in the first folder that has it") {
  const Folder folder;
  const NetworkPlaces places{{folder.path() + "/first", folder.path() + "/second"}, {}};
  const auto both = folder.file("first/both.onnx");
  folder.file("second/both.onnx");
  const auto inner = folder.file("second/ncnn/squeezenet.onnx");
  CHECK(resolve_network("both", places) == both);
  CHECK(resolve_network("ncnn/squeezenet", places) == inner);
}

TEST_CASE("a path that exists is itself") {
  const Folder folder;
  const auto path = folder.file("mine.onnx");
  CHECK(resolve_network(path, {}) == path);
}

TEST_CASE("an alias decides first, and is seen from the folder of its list") {
  const Folder folder;
  const auto target = folder.file("networks/mobilenet_v1_1.0_224.onnx");
  folder.file("networks/mobilenet.onnx");
  const auto list = folder.file("networks/aliases.csv",
                                "file,network\r\n"
                                "mobilenet_v1_1.0_224.onnx,mobilenet\r\n"
                                "../other/gone.onnx,gone\r\n");
  const NetworkPlaces places{{folder.path() + "/networks"}, read_aliases(list)};
  CHECK(resolve_network("mobilenet", places) == target);
  CHECK(message_of([&] { return resolve_network("gone", places); }) ==
        "network 'gone' is '" + folder.path() +
            "/other/gone.onnx', which does not exist\n"
            "  correct its alias");
}

TEST_CASE("of a network that there is not, the nearest names are told") {
  const Folder folder;
  folder.file("ncnn/squeezenet.onnx");
  folder.file("resnet18.onnx");
  folder.file("resnet50.onnx");
  folder.file("notes.txt");
  const NetworkPlaces places{{folder.path()}, {{"resnet-18", "elsewhere.onnx"}}};
  CHECK(message_of([&] { return resolve_network("ncnn/squezenet", places); }) ==
        "no ONNX file for network 'ncnn/squezenet'\n"
        "  did you mean 'ncnn/squeezenet'?");
  CHECK(message_of([&] { return resolve_network("resnet_18", places); }) ==
        "no ONNX file for network 'resnet_18'\n"
        "  did you mean 'resnet-18' or 'resnet18' or 'resnet50'?");
  CHECK(message_of([&] { return resolve_network("bert", places); }) ==
        "no ONNX file for network 'bert'\n"
        "  add 'bert.onnx' to " +
            folder.path() + ", or state the path of its ONNX file");
  CHECK(message_of([&] { return resolve_network("", {}); }) ==
        "no ONNX file for network ''\n"
        "  state the path of its ONNX file");
}

TEST_CASE("a list of aliases complains of everything that is wrong in it") {
  const Folder folder;
  const auto path = folder.file("aliases.csv", "network,path\na,b\n");
  CHECK(message_of([&] { return read_aliases(path); }) ==
        path +
            ":1:1: error: column 'file' is missing\n"
            "    network,path\n"
            "    ^\n"
            "  the header must be: network,file");
  folder.file("aliases.csv", "network,file\na,a.onnx\na,b.onnx\nb,\n");
  CHECK(message_of([&] { return read_aliases(path); }) ==
        path +
            ":3:1: error: network 'a' stands here twice\n"
            "    a,b.onnx\n"
            "    ^\n"
            "  keep one of them\n" +
            path +
            ":4:1: error: a network and its file were expected\n"
            "    b,\n"
            "    ^");
}
