// A small text of each format, as the tools write them, with figures made up.
#pragma once

#include <string>

namespace roofbeam::testing {

inline const std::string kCsv =
    "network,device,core,clock_mhz,runtime,runtime_version,threads,precision,batch,latency_ms,"
    "latency_kind,energy_mj,peak_ram_kb,flash_kb,source,source_date,notes\n"
    "ncnn/mobilenet,Pi 5,Cortex-A76,2400,ncnn CPU,20240102,1,fp16,1,20.5,min,,,,table,2024-01-02,"
    "\"avg=21, max=22; called \"\"fast\"\"\"\n"
    "resnet8,Board,Cortex-M7,480,X-CUBE-AI,8.1,1,int8,,40,median,5.09,64,128.5,list,2023,flag: "
    "odd\n";

inline const std::string kYaml =
    "# measured by hand\n"
    "- network: mobilenet_v2\n"
    "  resolution: 224\n"
    "  device: Board\n"
    "  clock: 2.4 GHz\n"
    "  platform: cortex-a78\n"
    "  engine: cpu\n"
    "  runtime: ncnn\n"
    "  threads: 4\n"
    "  precision: fp16\n"
    "  batch: 2\n"
    "  latency: 12.3 ms\n"
    "  latency_kind: median of 30\n"
    "  energy: {value: 40 mJ, kind: measured, source: wall meter}\n"
    "  peak_ram: 12 MiB\n"
    "  flash: 7 MB\n"
    "  source: own\n"
    "  date: 2026-01-02\n"
    "  layers:\n"
    "    - {name: conv1, op: Conv, time: 2 ms}\n"
    "    - {name: fc, time: 500 us}\n"
    "- {network: resnet8, energy: 5 mJ}\n";

// Two runs of two nodes, of which the first warms up, as ONNX Runtime 1.x writes them.
inline const std::string kOnnxRuntime =
    R"([
{"cat" : "Session","pid" :7,"tid" :7,"dur" :900,"ts" :2,"ph" : "X","name" :"session_initialization","args" : {}},
{"cat" : "Node","pid" :7,"tid" :7,"dur" :1,"ts" :1005,"ph" : "X","name" :"conv1_fence_before","args" : {"op_name" : "Conv"}},
{"cat" : "Node","pid" :7,"tid" :7,"dur" :800,"ts" :1010,"ph" : "X","name" :"conv1_kernel_time","args" : {"thread_scheduling_stats" : {"main_thread": {"core": -1, "block_size": [8]}},"op_name" : "Conv","provider" : "CPUExecutionProvider","node_index" : "0","input_type_shape" : [{"float":[1,3,8,8]}]}},
{"cat" : "Node","pid" :7,"tid" :7,"dur" :150,"ts" :1820,"ph" : "X","name" :"fc_kernel_time","args" : {"op_name" : "Gemm","provider" : "CPUExecutionProvider","node_index" : "1"}},
{"cat" : "Session","pid" :7,"tid" :7,"dur" :1000,"ts" :1000,"ph" : "X","name" :"model_run","args" : {}},
{"cat" : "Node","pid" :7,"tid" :7,"dur" :300,"ts" :3010,"ph" : "X","name" :"conv1_kernel_time","args" : {"op_name" : "Conv","provider" : "CPUExecutionProvider","node_index" : "0"}},
{"cat" : "Node","pid" :7,"tid" :7,"dur" :50,"ts" :3320,"ph" : "X","name" :"fc_kernel_time","args" : {"op_name" : "Gemm","provider" : "CPUExecutionProvider","node_index" : "1"}},
{"cat" : "Session","pid" :7,"tid" :7,"dur" :400,"ts" :3000,"ph" : "X","name" :"model_run","args" : {}}
]
)";

inline const std::string kTrtexec =
    "[\n"
    "  { \"count\" : 200 }\n"
    ", { \"name\" : \"conv1 + relu1\", \"timeMs\" : 40, \"averageMs\" : 0.2, \"medianMs\" : 0.19, "
    "\"percentage\" : 80 }\n"
    ", { \"name\" : \"fc\", \"timeMs\" : 10, \"averageMs\" : 0.05, \"medianMs\" : 5e-02, "
    "\"percentage\" : 20 }\n"
    "]\n";

inline const std::string kBenchmarkModel =
    "STARTING!\n"
    "Log parameter values verbosely: [0]\n"
    "Num threads: [4]\n"
    "Graph: [/data/local/tmp/mobilenet.tflite]\n"
    "Enable op profiling: [1]\n"
    "#threads used for CPU inference: [4]\n"
    "INFO: Created TensorFlow Lite XNNPACK delegate for CPU.\n"
    "count=50 first=32891 curr=33978 min=32641 max=34005 avg=33209.4 std=450\n"
    "\n"
    "Inference timings in us: Init: 855, First inference: 49060, Warmup (avg): 34825.1, Inference "
    "(avg): 33209.4\n"
    "Profiling Info for Benchmark Initialization:\n"
    "============================== Run Order ==============================\n"
    "\t             [node type]\t  [first]\t [avg ms]\t     [%]\t  [cdf%]\t  [mem KB]\t[times "
    "called]\t[Name]\n"
    "\t         AllocateTensors\t    0.100\t    0.100\t100.000%\t100.000%\t     0.000\t        "
    "1\tAllocateTensors/0\n"
    "\n"
    "Operator-wise Profiling Info for Regular Benchmark Runs:\n"
    "============================== Run Order ==============================\n"
    "\t             [node type]\t  [first]\t [avg ms]\t     [%]\t  [cdf%]\t  [mem KB]\t[times "
    "called]\t[Name]\n"
    "\t                 CONV_2D\t   30.000\t   29.500\t 90.000%\t 90.000%\t     0.000\t        "
    "1\t[net/conv1;net/relu1]:0\n"
    "\t                 SOFTMAX\t    1.000\t    1.500\t 10.000%\t100.000%\t     0.000\t        "
    "2\t[net/prob]:1\n"
    "\n"
    "============================== Top by Computation Time ==============================\n"
    "\t             [node type]\t  [first]\t [avg ms]\t     [%]\t  [cdf%]\t  [mem KB]\t[times "
    "called]\t[Name]\n"
    "\t                 CONV_2D\t   30.000\t   29.500\t 90.000%\t 90.000%\t     0.000\t        "
    "1\t[net/conv1;net/relu1]:0\n"
    "\n"
    "Number of nodes executed: 2\n";

inline const std::string kBenchncnn =
    "loop_count = 8\n"
    "num_threads = 4\n"
    "powersave = 2\n"
    "gpu_device = -1\n"
    "cooling_down = 1\n"
    "          squeezenet  min =    2.68  max =    2.75  avg =    2.70\n"
    "     squeezenet_int8  min =    2.00  max =    2.10  avg =    2.05\n";

}  // namespace roofbeam::testing
