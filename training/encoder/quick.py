"""Training on a processor in 16 bits: what PyTorch lacks for it.

Where a processor multiplies matrices in 16 bits, a step could take half its time; but the gradients of depthwise convolutions,
which EfficientNet is made of, then take five times theirs. `quicken` gives these convolutions another way back. It needs a C++
compiler.
"""

import torch
from timm.layers import Conv2dSame, pad_same
from torch import nn
from torch.autograd.function import FunctionCtx
from torch.nn import functional
from torch.utils.cpp_extension import load_inline

from network import Encoder

# The gradient of a 5 x 5 depthwise convolution's weights, for 16 channels at a time: all 25 sums stay in registers over a row.
SOURCE = r"""
#include <torch/extension.h>
#include <ATen/Parallel.h>

typedef float Lanes __attribute__((vector_size(64)));
typedef float Stored __attribute__((vector_size(64), aligned(4)));
typedef uint16_t Halves __attribute__((vector_size(32), aligned(2)));
typedef uint32_t Words __attribute__((vector_size(64)));

// Sixteen bfloat16 are the upper halves of sixteen floats.
static inline Lanes load(const at::BFloat16* from) { return (Lanes)(__builtin_convertvector(*(const Halves*)from, Words) << 16); }

static void add_row(const at::BFloat16* in, const at::BFloat16* out, Lanes* kept, long width, long channels, long places, long stride) {
  Lanes sums[5][5];
  #pragma GCC unroll 25
  for (int k = 0; k < 25; k++) sums[k / 5][k % 5] = kept[k];
  for (long place = 0; place < places; place++) {
    const Lanes gradient = load(out + place * channels);
    const at::BFloat16* corner = in + place * stride * channels;
    #pragma GCC unroll 5
    for (int i = 0; i < 5; i++)
      #pragma GCC unroll 5
      for (int j = 0; j < 5; j++) sums[i][j] += load(corner + (i * width + j) * channels) * gradient;
  }
  #pragma GCC unroll 25
  for (int k = 0; k < 25; k++) kept[k] = sums[k / 5][k % 5];
}

// in [batch, height, width, channels], padded; out [batch, rows, places, channels] -> [25, channels].
torch::Tensor weight_gradient(torch::Tensor in, torch::Tensor out, long stride) {
  const long batch = in.size(0), height = in.size(1), width = in.size(2), channels = in.size(3), rows = out.size(1), places = out.size(2);
  TORCH_CHECK(channels % 16 == 0 && in.is_contiguous() && out.is_contiguous());
  auto result = torch::empty({25, channels}, in.options().dtype(torch::kFloat));
  const auto* from = in.data_ptr<at::BFloat16>();
  const auto* back = out.data_ptr<at::BFloat16>();
  at::parallel_for(0, channels / 16, 1, [&](long first, long end) {
    std::vector<Lanes> sums((end - first) * 25, Lanes{});
    for (long b = 0; b < batch; b++)
      for (long y = 0; y < rows; y++)
        for (long block = first; block < end; block++)
          add_row(from + (b * height + y * stride) * width * channels + block * 16, back + (b * rows + y) * places * channels + block * 16,
                  sums.data() + (block - first) * 25, width, channels, places, stride);
    for (long block = first; block < end; block++)
      for (int k = 0; k < 25; k++) *(Stored*)(result.data_ptr<float>() + k * channels + block * 16) = sums[(block - first) * 25 + k];
  });
  return result;
}
"""


class Depthwise5(torch.autograd.Function):
    """A depthwise convolution of 5 x 5 in 16 bits; the input is padded already."""

    @staticmethod
    def forward(ctx: FunctionCtx, x: torch.Tensor, weight: torch.Tensor, stride: int, native) -> torch.Tensor:
        ctx.save_for_backward(x, weight)
        ctx.stride, ctx.native = stride, native
        return functional.conv2d(x, weight.to(x.dtype), stride=stride, groups=len(weight))

    @staticmethod
    def backward(ctx: FunctionCtx, out: torch.Tensor):
        x, weight = ctx.saved_tensors
        out = out.contiguous(memory_format=torch.channels_last)
        if ctx.stride == 1:
            back = functional.conv2d(functional.pad(out, (4, 4, 4, 4)), weight.to(out.dtype).flip(2, 3), groups=len(weight))
        else:
            stride = [ctx.stride, ctx.stride]
            form = (None, stride, [0, 0], [1, 1], False, [0, 0], len(weight), [True, False, False])
            back = torch.ops.aten.convolution_backward(out.float(), x.float(), weight, *form)[0].to(out.dtype)
        sums = ctx.native.weight_gradient(x.permute(0, 2, 3, 1), out.permute(0, 2, 3, 1), ctx.stride)
        return back, sums.T.reshape(weight.shape), None, None


def quicken(encoder: Encoder) -> None:
    """The encoder's depthwise convolutions get gradients that are quick where autocast has them in 16 bits."""
    native = load_inline("quick", SOURCE, functions=["weight_gradient"], extra_cflags=["-O3", "-march=native"])
    for module in encoder.trunk.modules():
        if isinstance(module, nn.Conv2d) and module.groups > 1:
            if module.kernel_size == (5, 5):
                module.forward = _through_5(module, module.forward, native)
            elif module.stride[0] > 1:
                module.forward = _in_32_bits(module.forward)


def _through_5(module: nn.Conv2d, plain, native):
    def forward(x: torch.Tensor) -> torch.Tensor:
        if not torch.is_autocast_enabled("cpu"):
            return plain(x)
        x = x.bfloat16()
        padded = pad_same(x, module.kernel_size, module.stride) if isinstance(module, Conv2dSame) else functional.pad(x, (2, 2, 2, 2))
        return Depthwise5.apply(padded.contiguous(memory_format=torch.channels_last), module.weight, module.stride[0], native)

    return forward


def _in_32_bits(plain):
    """Strided ones of 3 x 3 are few: they go the way that is quick."""

    def forward(x: torch.Tensor) -> torch.Tensor:
        with torch.autocast("cpu", enabled=False):
            return plain(x.float())

    return forward
