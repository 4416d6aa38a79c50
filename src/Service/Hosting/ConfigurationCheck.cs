using System.Collections;
using System.ComponentModel;
using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace BrainTumorDicom.Service.Hosting;

/// <summary>Finds what the configuration binder would pass over in silence: unknown sections and keys, and values of another type.</summary>
internal static class ConfigurationCheck
{
    /// <summary>Compares every key of <paramref name="configuration"/> with the option classes.</summary>
    /// <param name="configuration">Our own sources only, or the environment's other variables would count as unknown.</param>
    /// <param name="sections">Section name to option class; <see langword="null"/> for a section that others define.</param>
    /// <exception cref="InvalidDataException">A key is unknown or its value cannot be read; the message is one line and names the key.</exception>
    public static void Check(IConfiguration configuration, IReadOnlyDictionary<string, Type?> sections)
    {
        foreach (var section in configuration.GetChildren())
        {
            var known = sections.Keys.FirstOrDefault(name => string.Equals(name, section.Key, StringComparison.OrdinalIgnoreCase))
                ?? throw Unknown("section", section.Path, section.Key, sections.Keys);
            if (sections[known] is { } type)
            {
                CheckObject(section, type);
            }
        }
    }

    private static void CheckObject(IConfigurationSection section, Type type)
    {
        if (section.Value is { Length: > 0 } text)
        {
            throw new InvalidDataException($"configuration: {section.Path} is '{text}', but holds settings of its own.");
        }

        var properties = type.GetProperties().Where(property => property.CanWrite || IsList(property.PropertyType)).ToArray();
        foreach (var child in section.GetChildren())
        {
            var property = properties.FirstOrDefault(one => string.Equals(one.Name, child.Key, StringComparison.OrdinalIgnoreCase))
                ?? throw Unknown("key", child.Path, child.Key, properties.Select(one => one.Name));
            CheckValue(child, property.PropertyType);
        }
    }

    private static void CheckValue(IConfigurationSection section, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (IsList(type))
        {
            var item = type.GetGenericArguments()[0];
            if (section.Value is { Length: > 0 } text)
            {
                throw new InvalidDataException($"configuration: {section.Path} is '{text}', but is a list.");
            }

            foreach (var child in section.GetChildren())
            {
                CheckValue(child, item);
            }
        }
        else if (TypeDescriptor.GetConverter(type) is var converter && converter.CanConvertFrom(typeof(string)))
        {
            CheckScalar(section, type, converter);
        }
        else
        {
            CheckObject(section, type);
        }
    }

    private static void CheckScalar(IConfigurationSection section, Type type, TypeConverter converter)
    {
        if (section.GetChildren().Any())
        {
            throw new InvalidDataException($"configuration: {section.Path} is one value ({Kind(type)}), not a section or list.");
        }

        var text = section.Value ?? "";
        var valid = type.IsEnum ? Enum.GetNames(type).Contains(text, StringComparer.OrdinalIgnoreCase)

            // TimeSpan reads "5" as five days, which nobody means.
            : converter.IsValid(text) && (type != typeof(TimeSpan) || text.Contains(':', StringComparison.Ordinal));
        if (!valid)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"configuration: {section.Path} is '{text}', not {Kind(type)}."));
        }
    }

    private static bool IsList(Type type) =>
        type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type) && type != typeof(string);

    private static string Kind(Type type) =>
        type == typeof(TimeSpan) ? "a time such as 00:00:05 (hh:mm:ss)"
        : type == typeof(bool) ? "true or false"
        : type == typeof(int) || type == typeof(long) ? "a whole number"
        : type == typeof(double) ? "a number"
        : type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type))}"
        : $"a {type.Name}";

    private static InvalidDataException Unknown(string what, string path, string name, IEnumerable<string> known)
    {
        var names = known.ToArray();
        var nearest = names.MinBy(one => Distance(one, name));
        var hint = nearest is not null && Distance(nearest, name) <= Math.Max(2, nearest.Length / 2)
            ? $"did you mean {nearest}?"
            : $"known are {string.Join(", ", names.Order(StringComparer.Ordinal))}.";
        return new InvalidDataException($"configuration: {path} is an unknown {what}; {hint}");
    }

    /// <summary>Levenshtein's distance, letter case aside.</summary>
    internal static int Distance(string left, string right)
    {
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        foreach (var (letter, row) in left.Select((letter, index) => (letter, index + 1)))
        {
            var current = new int[right.Length + 1];
            current[0] = row;
            for (var column = 1; column <= right.Length; column++)
            {
                var same = char.ToUpperInvariant(letter) == char.ToUpperInvariant(right[column - 1]);
                current[column] = Math.Min(Math.Min(current[column - 1], previous[column]) + 1, previous[column - 1] + (same ? 0 : 1));
            }

            previous = current;
        }

        return previous[right.Length];
    }
}
