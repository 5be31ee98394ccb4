#!/bin/sh
# Holds the webgpu backend to JAX's goldens on this machine's GPU, times it beside other libraries, and writes what came of it to ./results.
# Needs Linux on x64 and a GPU driver with Vulkan; no network, no installation. `./run.sh --help` says what it takes.
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 2

case "$(uname -s) $(uname -m)" in
  'Linux x86_64') ;;
  *)
    echo "laxconv: this bundle runs on Linux x86_64, and this is $(uname -s) $(uname -m)." >&2
    exit 2
    ;;
esac

# The loader of the bundle, and the driver's libraries where containers get them mounted.
LD_LIBRARY_PATH="$here/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}:/usr/local/nvidia/lib64"
export LD_LIBRARY_PATH

# Containers often have NVIDIA's libraries without the file that tells Vulkan of them.
if [ -z "${VK_DRIVER_FILES:-}${VK_ICD_FILENAMES:-}" ] && ! ls /usr/share/vulkan/icd.d/nvidia_icd*.json /etc/vulkan/icd.d/nvidia_icd*.json >/dev/null 2>&1; then
  for folder in /usr/lib/x86_64-linux-gnu /usr/lib64 /usr/local/nvidia/lib64 /usr/lib/x86_64-linux-gnu/nvidia/current; do
    # The first of them needs no X11 libraries.
    for library in libEGL_nvidia.so.0 libGLX_nvidia.so.0; do
      if [ -e "$folder/$library" ] && [ -z "${VK_ADD_DRIVER_FILES:-}" ]; then
        VK_ADD_DRIVER_FILES="$here/nvidia-${library%%_*}.json"
        LD_LIBRARY_PATH="$LD_LIBRARY_PATH:$folder"
        export VK_ADD_DRIVER_FILES
        echo "laxconv: this machine has no nvidia_icd.json; taking $folder/$library"
      fi
    done
  done
fi

exec "$here/bin/node" "$here/run.ts" "$@"
